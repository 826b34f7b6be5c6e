#include "core/tls_context.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <new>
#include <system_error>
#include <utility>

namespace wsconform {
namespace {

SSL_CTX* of(const std::shared_ptr<void>& context) {
  return static_cast<SSL_CTX*>(context.get());
}

// OpenSSL's latest word on what went wrong; its queue is left empty.
std::string tls_error() {
  const unsigned long code = ERR_peek_last_error();
  ERR_clear_error();
  const char* reason = ERR_reason_error_string(code);
  return reason == nullptr ? "unknown TLS error" : reason;
}

// The same for those who wrote the file.
std::string why_unusable() {
  const unsigned long code = ERR_peek_last_error();
  const bool no_block =
      ERR_GET_LIB(code) == ERR_LIB_PEM && ERR_GET_REASON(code) == PEM_R_NO_START_LINE;
  // What OpenSSL 3 says where a block is there, and none that it looks for.
  const bool other_block = ERR_GET_REASON(code) == ERR_R_UNSUPPORTED;
  if (no_block || other_block) {
    ERR_clear_error();
    return "it holds no such PEM block";
  }
  return tls_error();
}

[[noreturn]] void refuse(const std::string& what, const std::string& file, const std::string& why) {
  throw TlsConfigurationError(what + " '" + file + "' cannot be used: " + why);
}

// A text to be read, and what it is called in complaints.
struct Pem {
  std::string what;
  std::string file;
  std::string text;
};

Pem read_pem(std::string what, const std::string& file) {
  errno = 0;
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new_file(file.c_str(), "r"), BIO_free);
  std::string text;
  std::array<char, 4096> piece{};
  std::size_t size = 0;
  while (bio && BIO_read_ex(bio.get(), piece.data(), piece.size(), &size) == 1)
    text.append(piece.data(), size);
  const int error = errno;  // EISDIR comes with the first read
  ERR_clear_error();
  if (!bio || error == EISDIR) refuse(what, file, std::generic_category().message(error));
  return {std::move(what), file, std::move(text)};
}

std::unique_ptr<BIO, decltype(&BIO_free)> reader_of(const Pem& pem) {
  return {BIO_new_mem_buf(pem.text.data(), static_cast<int>(pem.text.size())), BIO_free};
}

// No terminal is asked for a passphrase; `asked`, a bool or null, tells that one was wanted.
int no_passphrase(char*, int, int, void* asked) {
  if (asked != nullptr) *static_cast<bool*>(asked) = true;
  return -1;
}

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

void use_certificate(SSL_CTX* context, const Pem& pem) {
  const auto bio = reader_of(pem);
  const Certificate own(PEM_read_bio_X509_AUX(bio.get(), nullptr, no_passphrase, nullptr),
                        X509_free);
  if (!own || SSL_CTX_use_certificate(context, own.get()) != 1)
    refuse(pem.what, pem.file, why_unusable());
  while (X509* next = PEM_read_bio_X509(bio.get(), nullptr, no_passphrase, nullptr))
    SSL_CTX_add0_chain_cert(context, next);
  ERR_clear_error();  // that no further one stands there
}

void use_key(SSL_CTX* context, const Pem& pem) {
  const auto bio = reader_of(pem);
  bool locked = false;
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, &locked), EVP_PKEY_free);
  if (!key && locked) refuse(pem.what, pem.file, "it is protected by a passphrase");
  if (!key) refuse(pem.what, pem.file, why_unusable());
  if (SSL_CTX_use_PrivateKey(context, key.get()) == 1) return;
  const bool other = ERR_GET_REASON(ERR_peek_last_error()) == X509_R_KEY_VALUES_MISMATCH;
  const std::string why = tls_error();
  refuse(pem.what, pem.file, other ? "it is not the certificate's key" : why);
}

void trust_in(SSL_CTX* context, const Pem& pem) {
  const auto bio = reader_of(pem);
  X509_STORE* store = SSL_CTX_get_cert_store(context);
  std::size_t authorities = 0;
  while (X509* each = PEM_read_bio_X509_AUX(bio.get(), nullptr, no_passphrase, nullptr)) {
    const Certificate authority(each, X509_free);
    X509_STORE_add_cert(store, each);
    SSL_CTX_add_client_CA(context, each);
    ++authorities;
  }
  if (authorities == 0) refuse(pem.what, pem.file, why_unusable());
  ERR_clear_error();  // that no further one stands there
}

// Each client has to show a certificate that one of these vouches for.
void ask_for_certificates(SSL_CTX* context, const Pem& pem) {
  trust_in(context, pem);
  constexpr std::array<std::uint8_t, 9> name = {'w', 's', 'c', 'o', 'n', 'f', 'o', 'r', 'm'};
  SSL_CTX_set_session_id_context(context, name.data(), name.size());
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
}

constexpr std::array<std::uint8_t, 9> alpn_http_1_1 = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

// RFC 7301 §3.2: where a client offers protocols and HTTP/1.1 is none of them, it is told so.
int select_http_1_1(SSL*, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned int offered_size, void*) {
  unsigned char* found = nullptr;
  const int outcome = SSL_select_next_proto(&found, size, alpn_http_1_1.data(),
                                            alpn_http_1_1.size(), offered, offered_size);
  *chosen = found;
  return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

}  // namespace

TlsContext::TlsContext(bool is_server)
    : context_(SSL_CTX_new(is_server ? TLS_server_method() : TLS_client_method()),
               [](void* each) { SSL_CTX_free(static_cast<SSL_CTX*>(each)); }),
      is_server_(is_server) {
  if (!context_) throw std::bad_alloc();
  SSL_CTX_set_min_proto_version(of(context_), TLS1_2_VERSION);
}

TlsContext TlsContext::client(const Trust& trust) {
  TlsContext made(false);
  SSL_CTX* context = of(made.context_);
  SSL_CTX_set_alpn_protos(context, alpn_http_1_1.data(), alpn_http_1_1.size());
  SSL_CTX_set_default_verify_paths(context);
  if (!trust.authorities.empty())
    trust_in(context, read_pem("The certificates in", trust.authorities));
  SSL_CTX_set_verify(context, trust.anything ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, nullptr);
  return made;
}

TlsContext TlsContext::server(const std::string& certificate, const std::string& key,
                              const std::string& client_authorities) {
  TlsContext made(true);
  SSL_CTX* context = of(made.context_);
  SSL_CTX_set_alpn_select_cb(context, select_http_1_1, nullptr);
  use_certificate(context, read_pem("The certificate", certificate));
  use_key(context, read_pem("The private key", key));
  if (!client_authorities.empty())
    ask_for_certificates(context, read_pem("The certificates in", client_authorities));
  return made;
}

TlsContext TlsContext::server(const DevelopmentCertificate& from) {
  TlsContext made(true);
  SSL_CTX* context = of(made.context_);
  SSL_CTX_set_alpn_select_cb(context, select_http_1_1, nullptr);
  use_certificate(context, {"The certificate", "made now", from.certificate});
  use_key(context, {"The private key", "made now", from.key});
  return made;
}

}  // namespace wsconform
