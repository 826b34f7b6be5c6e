// What happened on one connection of the reference server.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/close_code.h"
#include "core/traffic.h"

namespace wsconform {

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
  std::string subprotocol{};                  // as agreed
  std::string extension{};                    // as the 101 says it
};

}  // namespace wsconform
