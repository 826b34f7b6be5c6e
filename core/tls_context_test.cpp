#include "core/tls_context.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdio>

#include "core/tested_certificate.h"

namespace wsconform::tls_context_test {
namespace {

template <typename Make>
std::string complaint(const Make& make) {
  try {
    make();
  } catch (const TlsConfigurationError& error) {
    return error.what();
  }
  return "none";
}

class ATlsContext : public testing::Test {
 protected:
  std::string with(const std::string& certificate, const std::string& key,
                   const std::string& authorities = {}) const {
    return complaint([&] { TlsContext::server(certificate, key, authorities); });
  }
  // A file beside the certificate, removed with it.
  std::string file(const std::string& name, const std::string& text) const {
    const std::string path = good_ + "." + name;
    std::FILE* stream = std::fopen(path.c_str(), "w");
    std::fputs(text.c_str(), stream);
    std::fclose(stream);
    return path;
  }

  TestedCertificate made_;
  std::string good_ = made_.certificate();
  std::string key_ = made_.key();
};

TEST_F(ATlsContext, IsMadeOfACertificateItsKeyAndAuthorities) {
  EXPECT_EQ(with(good_, key_), "none");
  EXPECT_EQ(with(good_, key_, good_), "none");
}

TEST_F(ATlsContext, SaysWhyAFileCannotBeRead) {
  EXPECT_EQ(with("/nonexistent.pem", key_),
            "The certificate '/nonexistent.pem' cannot be used: No such file or directory");
  EXPECT_EQ(with(good_, "/nonexistent.pem"),
            "The private key '/nonexistent.pem' cannot be used: No such file or directory");
  EXPECT_EQ(with("/", key_), "The certificate '/' cannot be used: Is a directory");
  EXPECT_EQ(with(good_, key_, "/nonexistent.pem"),
            "The certificates in '/nonexistent.pem' cannot be used: No such file or directory");
  EXPECT_EQ(complaint([] { TlsContext::client({.authorities = "/nonexistent.pem"}); }),
            "The certificates in '/nonexistent.pem' cannot be used: No such file or directory");
}

TEST_F(ATlsContext, SaysWhatAFileLacks) {
  const std::string empty = file("empty", "");
  EXPECT_EQ(with(empty, key_),
            "The certificate '" + empty + "' cannot be used: it holds no such PEM block");
  EXPECT_EQ(with(good_, good_),
            "The private key '" + good_ + "' cannot be used: it holds no such PEM block");
  EXPECT_EQ(with(good_, key_, empty),
            "The certificates in '" + empty + "' cannot be used: it holds no such PEM block");
}

TEST_F(ATlsContext, WantsTheKeyOfTheCertificate) {
  const std::string other = file("other", make_development_certificate().key);
  EXPECT_EQ(with(good_, other),
            "The private key '" + other + "' cannot be used: it is not the certificate's key");
}

TEST_F(ATlsContext, AsksNoTerminalForAPassphrase) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  const std::string path = good_ + ".locked";
  std::FILE* stream = std::fopen(path.c_str(), "w");
  unsigned char secret[] = "secret";
  PEM_write_PrivateKey(stream, key, EVP_aes_128_cbc(), secret, 6, nullptr, nullptr);
  std::fclose(stream);
  EVP_PKEY_free(key);
  EXPECT_EQ(with(good_, path),
            "The private key '" + path + "' cannot be used: it is protected by a passphrase");
}

}  // namespace
}  // namespace wsconform::tls_context_test
