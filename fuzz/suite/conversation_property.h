// What holds for a case under way against a server that sends anything: the property of the target
// conversation.
#pragma once

#include <cstdint>

#include "fuzz/breach.h"
#include "runner/conversation/memory_driver.h"

namespace wsconform {

struct Case;

// An input: a byte that chooses the case, a byte of choices, a byte that cuts the rest into what
// the server sends each time, the bytes it sends.
struct HostileServer {
  std::size_t case_number = 0;     // in played_cases()
  bool accepts = false;            // a 101 as the request deserves comes first
  bool agrees_to_deflate = false;  // and it agrees to permessage-deflate
  bool ends = false;               // ends TCP behind the last byte
  std::uint8_t cut_choice = 0;
  ByteView bytes{};
};
inline constexpr std::uint8_t hostile_accepts = 0x01;  // bits of the second byte
inline constexpr std::uint8_t hostile_agrees_to_deflate = 0x02;
inline constexpr std::uint8_t hostile_ends = 0x04;
HostileServer read_hostile_server(ByteView input);

// One of each kind of expectation.
const std::vector<Case>& played_cases();

MemoryRun play_against(const HostileServer& server, const StreamCuts& cuts);
// The case ends by no fault of wsconform, and with the same verdict and reason when the stream is
// cut at every byte. What its log keeps is bounded, and its result is the same once written as JSON
// and read again. Whether a pass was earned is not asked here: the suite's own tests against
// hostile peers ask it.
Breach breach_of_run(const MemoryRun& whole, const MemoryRun& in_pieces);

Breach breach_of_conversation(ByteView input);

}  // namespace wsconform
