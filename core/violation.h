// One name for each rule of the framing layer that a peer can break, the page of rules that the
// server, the runner, the fuzzers and the reports read (RFC 6455 §5, §7, §8; RFC 7692 §7.2).
#pragma once

#include <bitset>
#include <cstdint>
#include <span>
#include <string_view>

namespace wsconform {

enum class Violation : std::uint8_t {
  rsv1_without_extension,
  rsv2_without_extension,
  rsv3_without_extension,
  reserved_data_opcode,
  reserved_control_opcode,
  unmasked_client_frame,
  masked_server_frame,
  length_not_minimal,
  length_high_bit,
  control_frame_too_long,
  control_frame_fragmented,
  continuation_without_message,
  message_interrupted,
  invalid_utf8,
  close_payload_of_one_byte,
  close_code_out_of_range,
  close_code_never_sent,
  close_code_unassigned,
  close_reason_invalid_utf8,
  frame_too_big,
  message_too_big,
  too_many_fragments,
  control_flood,
  malformed_deflate,
};
inline constexpr std::size_t violation_count = 24;

using ViolationSet = std::bitset<violation_count>;

// What is known of a rule.
struct Rule {
  Violation violation = Violation::rsv1_without_extension;
  std::string_view name;         // "rsv1-without-extension": kebab-case of the enumerator
  std::string_view section;      // "5.2"; of another standard with its name: "RFC 7692 7.2.2"
  std::uint16_t close_code = 0;  // the code with which an endpoint fails the connection
  std::string_view says;         // the rule in one sentence, of what the frame did
};

// All rules in the order of the enumeration.
std::span<const Rule> rules();
const Rule& rule_of(Violation violation);

}  // namespace wsconform
