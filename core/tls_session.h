// TLS (RFC 8446, RFC 5246) without sockets, over OpenSSL: bytes of the wire in, bytes of the
// application out, and the other way round. A wss connection is an ordinary one whose bytes pass
// through it (RFC 6455 §4.1 item 5, §4.2.2).
#pragma once

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "core/bytes.h"

namespace wsconform {

// A certificate or key that cannot be used: the message names the file and says why.
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
  // PEM files: the certificate with its chain, and its private key. Throws TlsConfigurationError.
  static TlsContext server(const std::string& certificate, const std::string& key);

 private:
  friend class TlsSession;
  explicit TlsContext(bool is_server);
  std::shared_ptr<void> context_;
  bool is_server_ = false;
};

class TlsSession {
 public:
  // `host` is what a client asks for and wants the certificate to name: a DNS name or an address.
  explicit TlsSession(const TlsContext& context, const std::string& host = "");
  ~TlsSession();
  TlsSession(TlsSession&&) noexcept;
  TlsSession& operator=(TlsSession&&) noexcept;

  // Bytes of the wire; gives the bytes of the application that they complete.
  Bytes receive(ByteView wire);
  // Bytes of the application. Only once established.
  void send(ByteView application);
  // Nothing more will be sent (close_notify).
  void end();
  // Bytes to be written to the wire, in order.
  Bytes take_output();

  bool established() const;
  // The peer will send nothing more.
  bool peer_ended() const;
  // Why the session came to nothing; nothing more comes of it but an alert in the output.
  const std::optional<std::string>& failure() const;

 private:
  struct Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace wsconform
