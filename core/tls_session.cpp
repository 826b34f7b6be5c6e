#include "core/tls_session.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <cassert>
#include <new>

namespace wsconform {
namespace {

SSL_CTX* native(const std::shared_ptr<void>& context) {
  return static_cast<SSL_CTX*>(context.get());
}

// OpenSSL's latest word on what went wrong; its queue is left empty.
std::string last_error() {
  const unsigned long code = ERR_peek_last_error();
  ERR_clear_error();
  const char* reason = ERR_reason_error_string(code);
  return reason == nullptr ? "unknown TLS error" : reason;
}

bool is_address(const std::string& host) {
  ASN1_OCTET_STRING* address = a2i_IPADDRESS(host.c_str());
  ASN1_OCTET_STRING_free(address);
  ERR_clear_error();
  return address != nullptr;
}

}  // namespace

struct TlsSession::Machine {
  Machine(const TlsContext& context, const std::string& host);
  ~Machine() { SSL_free(ssl); }
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  void begin_as_client(const std::string& host);
  void shake_hands();
  void read(Bytes& application);
  void note(int outcome);
  std::string reason() const;

  SSL* ssl = nullptr;
  BIO* incoming = nullptr;  // both belong to `ssl`
  BIO* outgoing = nullptr;
  bool established = false;
  bool peer_ended = false;
  std::optional<std::string> failure;
};

TlsSession::Machine::Machine(const TlsContext& context, const std::string& host)
    : ssl(SSL_new(native(context.context_))),
      incoming(BIO_new(BIO_s_mem())),
      outgoing(BIO_new(BIO_s_mem())) {
  if (ssl == nullptr || incoming == nullptr || outgoing == nullptr) throw std::bad_alloc();
  SSL_set_bio(ssl, incoming, outgoing);
  if (context.is_server_) {
    SSL_set_accept_state(ssl);
  } else {
    begin_as_client(host);
  }
}

void TlsSession::Machine::begin_as_client(const std::string& host) {
  SSL_set_connect_state(ssl);
  if (is_address(host)) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str());
  } else if (!host.empty()) {
    SSL_set_tlsext_host_name(ssl, host.c_str());
    SSL_set1_host(ssl, host.c_str());
  }
  shake_hands();
}

void TlsSession::Machine::shake_hands() {
  ERR_clear_error();
  const int outcome = SSL_do_handshake(ssl);
  established = outcome == 1;
  if (!established) note(outcome);
}

void TlsSession::Machine::read(Bytes& application) {
  std::array<std::uint8_t, 16 * 1024> piece{};
  while (!peer_ended && !failure) {
    ERR_clear_error();
    std::size_t size = 0;
    const int outcome = SSL_read_ex(ssl, piece.data(), piece.size(), &size);
    if (outcome != 1) return note(outcome);
    append(application, ByteView(piece).first(size));
  }
}

void TlsSession::Machine::note(int outcome) {
  const int error = SSL_get_error(ssl, outcome);
  if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) return;
  if (error == SSL_ERROR_ZERO_RETURN) {
    peer_ended = true;
  } else {
    failure = reason();
  }
}

std::string TlsSession::Machine::reason() const {
  const long verdict = SSL_get_verify_result(ssl);
  std::string error = last_error();
  if (established || verdict == X509_V_OK) return error;
  return std::string("the certificate is not trusted: ") + X509_verify_cert_error_string(verdict);
}

TlsSession::TlsSession(const TlsContext& context, const std::string& host)
    : machine_(std::make_unique<Machine>(context, host)) {}
TlsSession::~TlsSession() = default;
TlsSession::TlsSession(TlsSession&&) noexcept = default;
TlsSession& TlsSession::operator=(TlsSession&&) noexcept = default;

Bytes TlsSession::receive(ByteView wire) {
  Bytes application;
  std::size_t taken = 0;
  if (machine_->failure || wire.empty()) return application;
  BIO_write_ex(machine_->incoming, wire.data(), wire.size(), &taken);
  if (!machine_->established) machine_->shake_hands();
  if (machine_->established) machine_->read(application);
  return application;
}

void TlsSession::send(ByteView application) {
  assert(machine_->established);
  if (application.empty() || machine_->failure) return;
  ERR_clear_error();
  std::size_t taken = 0;
  const int outcome = SSL_write_ex(machine_->ssl, application.data(), application.size(), &taken);
  if (outcome != 1) machine_->note(outcome);
}

void TlsSession::end() {
  if (!machine_->established || machine_->failure) return;
  ERR_clear_error();
  SSL_shutdown(machine_->ssl);
}

Bytes TlsSession::take_output() {
  Bytes output(BIO_ctrl_pending(machine_->outgoing));
  std::size_t size = 0;
  if (!output.empty()) BIO_read_ex(machine_->outgoing, output.data(), output.size(), &size);
  output.resize(size);
  return output;
}

bool TlsSession::established() const {
  return machine_->established;
}

bool TlsSession::peer_ended() const {
  return machine_->peer_ended;
}

const std::optional<std::string>& TlsSession::failure() const {
  return machine_->failure;
}

}  // namespace wsconform
