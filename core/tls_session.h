// TLS (RFC 8446, RFC 5246) without sockets, over OpenSSL: bytes of the wire in, bytes of the
// application out, and the other way round. A wss connection is an ordinary one whose bytes pass
// through it (RFC 6455 §4.1 item 5, §4.2.2).
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/bytes.h"
#include "core/tls_context.h"

namespace wsconform {

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
