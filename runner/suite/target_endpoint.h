// Where a target is and how it is spoken to, as those see it that dial.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <optional>
#include <string>

#include "core/tls_session.h"
#include "runner/process/peer_sockets.h"

namespace wsconform {

struct TargetEndpoint {
  boost::asio::ip::tcp::endpoint tcp;
  std::optional<TlsContext> tls;         // absent: without TLS
  std::string host;                      // as the URL names it: what its certificate has to be for
  const PeerSockets* sockets = nullptr;  // null: what the target has read is not seen
};

}  // namespace wsconform
