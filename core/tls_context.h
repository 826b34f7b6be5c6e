// What the TLS sessions of one side share: certificates, keys, and whom to trust
// (RFC 8446, RFC 5246).
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "core/development_certificate.h"

namespace wsconform {

// A certificate or key that cannot be used: the message names the file and says why, in one line.
class TlsConfigurationError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// What all sessions of one side share. Cheap to copy.
class TlsContext {
 public:
  struct Trust {
    bool anything = false;  // a certificate that nobody vouches for is good enough
    // PEM file of those who vouch, beside the system's; empty: the system's alone.
    std::string authorities{};
  };
  // TLS 1.2 or later, offering HTTP/1.1 (RFC 7301). Throws TlsConfigurationError.
  static TlsContext client(const Trust& trust);
  // PEM files: the certificate with its chain, and its private key, which no passphrase protects.
  // `client_authorities`: those who vouch for clients, each of which has to show a certificate
  // then; empty: none is asked for. TLS 1.2 or later; a client that offers protocols (RFC 7301) has
  // to offer HTTP/1.1. Throws TlsConfigurationError.
  static TlsContext server(const std::string& certificate, const std::string& key,
                           const std::string& client_authorities = {});
  // The same from the PEM texts themselves.
  static TlsContext server(const DevelopmentCertificate& made);

 private:
  friend class TlsSession;
  explicit TlsContext(bool is_server);
  std::shared_ptr<void> context_;
  bool is_server_ = false;
};

}  // namespace wsconform
