// The judge of frame headers: one branch a rule (RFC 6455 §5).
#pragma once

#include <cstdint>
#include <optional>

#include "core/frame.h"
#include "core/role.h"
#include "core/violation.h"

namespace wsconform {

// What a receiver knows when a header arrives.
struct FrameContext {
  Role receiver = Role::server;
  bool in_message = false;               // a fragmented message is under way
  bool rsv1_defined = false;             // an extension gave RSV1 a meaning on first data frames
  std::uint64_t max_frame = UINT64_MAX;  // payload bytes
  // Payload bytes of a message, all fragments together; not of a compressed one.
  std::uint64_t max_message = UINT64_MAX;
  std::uint64_t message_so_far = 0;  // payload bytes of the fragments before
  bool compressed_so_far = false;    // the fragmented message is compressed
  ViolationSet tolerated = {};       // rules that are not enforced
};

// The first rule broken, in the order of the bits on the wire; limits last.
std::optional<Violation> check_header(const FrameHeader& header, const FrameContext& context);

}  // namespace wsconform
