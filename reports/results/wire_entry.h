// One line of the wire log of a case.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace wsconform {

// One thing that went over the wire, or happened to it, in the order it happened.
struct WireEntry {
  enum class Direction { sent, received, event };  // event: connects, ends, resets, deadlines
  enum class Kind { head, body, frame, bytes, event };

  double at_ms = 0;    // since the case began
  int connection = 0;  // 0 for the case's first TCP connection, 1 for its second ...
  Direction direction = Direction::event;
  Kind kind = Kind::event;
  std::string says;  // decoded, one line: "Ping, 126 bytes, masked 0x1a2b3c4d"
  std::vector<std::string>
      details;  // further decoded lines: field lines of a head, close code and reason
  std::vector<std::uint8_t> bytes;  // as on the wire; at most the first few hundred
  std::uint64_t size = 0;           // of the whole on the wire
  std::string violation;            // name of the framing rule that a received frame breaks, or ""

  bool operator==(const WireEntry&) const = default;
};

}  // namespace wsconform
