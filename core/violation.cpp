#include "core/violation.h"

#include <array>

#include "core/close_code.h"

namespace wsconform {
namespace {

using enum Violation;

constexpr std::array<Rule, violation_count> rule_table = {{
    {rsv1_without_extension, "rsv1-without-extension", "5.2", close_protocol_error,
     "RSV1 was set where no extension gave it a meaning."},
    {rsv2_without_extension, "rsv2-without-extension", "5.2", close_protocol_error,
     "RSV2 was set where no extension gave it a meaning."},
    {rsv3_without_extension, "rsv3-without-extension", "5.2", close_protocol_error,
     "RSV3 was set where no extension gave it a meaning."},
    {reserved_data_opcode, "reserved-data-opcode", "5.2", close_protocol_error,
     "The frame had an opcode that is reserved for further data frames."},
    {reserved_control_opcode, "reserved-control-opcode", "5.2", close_protocol_error,
     "The frame had an opcode that is reserved for further control frames."},
    {unmasked_client_frame, "unmasked-client-frame", "5.1", close_protocol_error,
     "A frame from the client was not masked."},
    {masked_server_frame, "masked-server-frame", "5.1", close_protocol_error,
     "A frame from the server was masked."},
    {length_not_minimal, "length-not-minimal", "5.2", close_protocol_error,
     "The payload length was written in more bytes than it needs."},
    {length_high_bit, "length-high-bit", "5.2", close_protocol_error,
     "The highest bit of a 64-bit payload length was set."},
    {control_frame_too_long, "control-frame-too-long", "5.5", close_protocol_error,
     "A control frame had a payload of more than 125 bytes."},
    {control_frame_fragmented, "control-frame-fragmented", "5.5", close_protocol_error,
     "A control frame did not have FIN set."},
    {continuation_without_message, "continuation-without-message", "5.4", close_protocol_error,
     "A continuation frame came while no message was under way."},
    {message_interrupted, "message-interrupted", "5.4", close_protocol_error,
     "A new message began before the fragmented one was finished."},
    {invalid_utf8, "invalid-utf8", "8.1", close_invalid_payload,
     "A text message was not valid UTF-8."},
    {close_payload_of_one_byte, "close-payload-of-one-byte", "5.5.1", close_protocol_error,
     "A Close frame had a payload of a single byte, too short for a status code."},
    {close_code_out_of_range, "close-code-out-of-range", "7.4.2", close_protocol_error,
     "A Close frame carried a status code outside 1000 to 4999."},
    {close_code_never_sent, "close-code-never-sent", "7.4.1", close_protocol_error,
     "A Close frame carried a status code that its sender must never put on the wire."},
    {close_code_unassigned, "close-code-unassigned", "7.4.2", close_protocol_error,
     "A Close frame carried a status code that is reserved for the protocol and not assigned."},
    {close_reason_invalid_utf8, "close-reason-invalid-utf8", "5.5.1", close_invalid_payload,
     "The reason in a Close frame was not valid UTF-8."},
    {frame_too_big, "frame-too-big", "10.4", close_message_too_big,
     "A frame was larger than the endpoint accepts."},
    {message_too_big, "message-too-big", "10.4", close_message_too_big,
     "A message was larger than the endpoint accepts."},
    {too_many_fragments, "too-many-fragments", "10.4", close_policy_violation,
     "A message came in more fragments than the endpoint accepts."},
    {control_flood, "control-flood", "10.4", close_policy_violation,
     "Control frames came faster than the endpoint accepts."},
    {malformed_deflate, "malformed-deflate", "RFC 7692 7.2.2", close_invalid_payload,
     "The payload of a compressed message was not DEFLATE."},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < rule_table.size(); ++i)
    if (static_cast<std::size_t>(rule_table[i].violation) != i) return false;
  return true;
}
static_assert(in_order());

}  // namespace

std::span<const Rule> rules() {
  return rule_table;
}

const Rule& rule_of(Violation violation) {
  return rule_table[static_cast<std::size_t>(violation)];
}

}  // namespace wsconform
