// What happened on one connection of the reference server.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/close_code.h"
#include "core/traffic.h"

namespace wsconform {

// Of a handshake, as the 101 says it.
struct Agreed {
  std::string subprotocol{};
  std::string extension{};
};

struct EchoCounters {
  Traffic received{};
  std::uint64_t pings = 0;
  std::uint64_t pongs = 0;
  bool opened = false;
  bool refused = false;  // the opening handshake was answered with something else than 101
  bool close_received = false;
  bool fell_behind = false;                   // it read too slowly for its room
  bool failed = false;                        // RFC 6455 §7.1.7
  std::string_view failure{};                 // then: why, in words that live on
  std::uint16_t close_code = close_abnormal;  // §7.1.5, once it is over
  std::unique_ptr<const Agreed> agreed{};     // null: neither of both
};

}  // namespace wsconform
