// How the reference server listens, and what it allows.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "core/instant.h"
#include "core/tls_session.h"
#include "server-under-test/echo_endpoint.h"

namespace wsconform {

struct ServerOptions {
  std::string address = "127.0.0.1";     // numeric, IPv4 or IPv6
  std::uint16_t port = 0;                // 0: any that is free
  std::optional<TlsContext> tls = {};    // absent: without TLS
  EchoOptions echo = {};                 // of every connection
  std::size_t max_connections = 10'000;  // what comes beyond is refused with 503
  // Bytes unsent from which on a connection is not read from.
  std::size_t high_water = 4 * 1024 * 1024;
  // How long TCP is kept after our end of it, for the client's.
  Duration linger = std::chrono::seconds(2);
  // How long a shutdown waits for the clients' Closes.
  Duration grace = std::chrono::seconds(5);
};

}  // namespace wsconform
