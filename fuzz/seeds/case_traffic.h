// The bytes that the cases send: what the seeds of the fuzz targets are made from.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/bytes.h"

namespace wsconform {

struct Case;

// Of a case's first connection. What is longer than max_seed, or is not sent, is empty.
struct CaseTraffic {
  std::string id{};
  Bytes request{};        // the head of the opening handshake, and what the case writes behind it
  Bytes from_client{};    // its frames, as a client sends them
  Bytes from_server{};    // and as a server does
  bool deflates = false;  // the handshake offers permessage-deflate: its messages are compressed
};

inline constexpr std::size_t max_seed = 4096;  // bytes

std::vector<CaseTraffic> traffic_of(const std::vector<Case>& cases);

}  // namespace wsconform
