#include "core/frame_rules.h"

#include <algorithm>

namespace wsconform {
namespace {

using enum Violation;

// Each judge answers for one part of the header: the first rule it breaks that is enforced.
class HeaderJudge {
 public:
  HeaderJudge(const FrameHeader& header, const FrameContext& context)
      : header_(header), context_(context) {}

  std::optional<Violation> first_broken() const {
    if (const auto broken = rsv()) return broken;
    if (const auto broken = opcode()) return broken;
    if (const auto broken = fragmentation()) return broken;
    if (const auto broken = masking()) return broken;
    if (const auto broken = length()) return broken;
    return limits();
  }

 private:
  bool enforced(Violation rule) const {
    return !context_.tolerated[static_cast<std::size_t>(rule)];
  }

  // RFC 7692 §6: on the first frames of messages.
  bool rsv1_has_meaning() const {
    return context_.rsv1_defined &&
           (header_.opcode == Opcode::text || header_.opcode == Opcode::binary);
  }

  // §5.2: zero unless a negotiated extension says what it means.
  std::optional<Violation> rsv() const {
    if (header_.rsv1 && !rsv1_has_meaning() && enforced(rsv1_without_extension))
      return rsv1_without_extension;
    if (header_.rsv2 && enforced(rsv2_without_extension)) return rsv2_without_extension;
    if (header_.rsv3 && enforced(rsv3_without_extension)) return rsv3_without_extension;
    return std::nullopt;
  }

  // §5.2: an unknown opcode fails the connection.
  std::optional<Violation> opcode() const {
    if (!is_reserved(header_.opcode)) return std::nullopt;
    const Violation rule =
        is_control(header_.opcode) ? reserved_control_opcode : reserved_data_opcode;
    return enforced(rule) ? std::optional(rule) : std::nullopt;
  }

  std::optional<Violation> fragmentation() const {
    // §5.5: a control frame is never fragmented.
    if (is_control(header_.opcode)) {
      if (!header_.fin && enforced(control_frame_fragmented)) return control_frame_fragmented;
      return std::nullopt;
    }
    // §5.4: opcode 0 continues a message, any other data opcode begins one.
    const bool continues = header_.opcode == Opcode::continuation;
    if (continues && !context_.in_message && enforced(continuation_without_message))
      return continuation_without_message;
    if (!continues && context_.in_message && enforced(message_interrupted))
      return message_interrupted;
    return std::nullopt;
  }

  // §5.1: the client masks, the server does not.
  std::optional<Violation> masking() const {
    const bool masked = header_.masking_key.has_value();
    if (context_.receiver == Role::server && !masked && enforced(unmasked_client_frame))
      return unmasked_client_frame;
    if (context_.receiver == Role::client && masked && enforced(masked_server_frame))
      return masked_server_frame;
    return std::nullopt;
  }

  std::optional<Violation> length() const {
    const std::uint64_t length = header_.payload_length;
    // §5.2: the most significant bit of the 64-bit form is 0.
    if (length >> 63 != 0 && enforced(length_high_bit)) return length_high_bit;
    // §5.2: the minimal number of bytes.
    if (header_.length_form != shortest_form(length) && enforced(length_not_minimal))
      return length_not_minimal;
    // §5.5
    if (is_control(header_.opcode) && length > max_control_payload &&
        enforced(control_frame_too_long))
      return control_frame_too_long;
    return std::nullopt;
  }

  // §10.4. A legal control frame is within every limit.
  std::optional<Violation> limits() const {
    const std::uint64_t length = header_.payload_length;
    const bool control = is_control(header_.opcode);
    const std::uint64_t max_frame =
        control ? std::max(context_.max_frame, max_control_payload) : context_.max_frame;
    if (length > max_frame && enforced(frame_too_big)) return frame_too_big;
    const bool continues = header_.opcode == Opcode::continuation;
    // A compressed message counts by what it inflates to, which its headers do not tell.
    const bool compressed =
        continues ? context_.compressed_so_far : header_.rsv1 && rsv1_has_meaning();
    if (control || compressed) return std::nullopt;
    const std::uint64_t so_far = continues ? context_.message_so_far : 0;
    const std::uint64_t left = context_.max_message - std::min(so_far, context_.max_message);
    if (length > left && enforced(message_too_big)) return message_too_big;
    return std::nullopt;
  }

  const FrameHeader& header_;
  const FrameContext& context_;
};

}  // namespace

std::optional<Violation> check_header(const FrameHeader& header, const FrameContext& context) {
  return HeaderJudge(header, context).first_broken();
}

}  // namespace wsconform
