// How the reference server listens, and what it allows.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/instant.h"
#include "core/tls_session.h"
#include "server-under-test/echo_endpoint.h"
#include "server-under-test/status/server_log.h"
#include "server-under-test/status/status_resources.h"

namespace wsconform {

struct ServerOptions {
  std::string address = "127.0.0.1";   // in numbers, or a name: all its addresses
  std::uint16_t port = 0;              // 0: any that is free
  std::vector<int> sockets = {};       // that listen already, in place of address and port
  std::optional<TlsContext> tls = {};  // absent: without TLS
  EchoOptions echo = {};               // of every connection; its rooms are the server's
  ChatLimits chat = {};
  std::size_t max_connections = 10'000;    // clients; what comes beyond is refused with 503
  std::size_t max_per_address = SIZE_MAX;  // clients of one address, likewise
  std::size_t max_waiting = 10'000;  // whose handshake is not done; the oldest goes for a new one
  // Bytes of memory for what comes and goes on all connections: beyond it, those that hold most are
  // refused (1009, 1013).
  std::size_t max_memory = 256 * 1024 * 1024;
  // Bytes unsent from which on a connection is not read from.
  std::size_t high_water = 4 * 1024 * 1024;
  std::shared_ptr<ServerLog> log = {};  // null: none
  // What it serves of its own state, at paths where its site has nothing else.
  StatusOptions status = {};
  // How long TCP is kept after our end of it, for the client's.
  Duration linger = std::chrono::seconds(2);
  // How long a shutdown waits for the clients' Closes.
  Duration grace = std::chrono::seconds(5);
  // A client that takes nothing of what is to be sent for so long is dropped.
  Duration stall = std::chrono::seconds(30);
  // After so long without a byte from a client its connection gives memory back.
  Duration rest = std::chrono::seconds(5);
};

}  // namespace wsconform
