// What happened on one connection of the reference server.
#pragma once

#include <cstdint>

namespace wsconform {

struct EchoCounters {
  std::uint64_t messages = 0;
  std::uint64_t message_bytes = 0;
  std::uint64_t pings = 0;
  std::uint64_t pongs = 0;
  bool opened = false;
  bool refused = false;  // the opening handshake was answered with something else than 101
  bool close_received = false;
  bool failed = false;  // RFC 6455 §7.1.7
};

}  // namespace wsconform
