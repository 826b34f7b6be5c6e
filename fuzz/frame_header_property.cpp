#include "fuzz/frame_header_property.h"

#include <algorithm>

#include "core/frame_decoder.h"
#include "core/frame_encoder.h"
#include "fuzz/cutting.h"

namespace wsconform {
namespace {

// Bytes of a header by its first two; 0: it has not even those (§5.2).
std::size_t size_told_by(ByteView bytes) {
  if (bytes.size() < 2) return 0;
  std::size_t size = 2;
  if (bytes[1] % 128 == 126) size += 2;
  if (bytes[1] % 128 == 127) size += 8;
  if (bytes[1] >= 128) size += 4;
  return size;
}

std::uint64_t length_told_by(ByteView bytes) {
  std::uint64_t length = bytes[1] % 128;
  if (length < 126) return length;
  const std::size_t end = length == 126 ? 4 : 10;
  length = 0;
  for (std::size_t i = 2; i < end; ++i) length = length * 256 + bytes[i];
  return length;
}

Breach breach_of_bits(const FrameHeader& header, ByteView bytes) {
  const unsigned first = bytes[0];
  if (header.fin != (first >= 128) || header.rsv1 != (first / 64 % 2 == 1) ||
      header.rsv2 != (first / 32 % 2 == 1) || header.rsv3 != (first / 16 % 2 == 1)) {
    return "a bit of the first byte is read wrongly";
  }
  if (static_cast<unsigned>(header.opcode) != first % 16) return "the opcode is read wrongly";
  if (header.payload_length != length_told_by(bytes)) return "the length is read wrongly";
  if (header.masking_key.has_value() != (bytes[1] >= 128)) return "MASK is read wrongly";
  if (header.masking_key &&
      !std::ranges::equal(*header.masking_key, bytes.subspan(size_told_by(bytes) - 4, 4))) {
    return "the masking key is read wrongly";
  }
  return std::nullopt;
}

}  // namespace

FrameContext context_chosen_by(std::uint8_t choices) {
  FrameContext context;
  if ((choices & header_to_client) != 0) context.receiver = Role::client;
  context.rsv1_defined = (choices & header_rsv1_defined) != 0;
  context.in_message = (choices & header_in_message) != 0;
  context.compressed_so_far = context.in_message && (choices & header_compressed) != 0;
  if ((choices & header_narrow) != 0) {
    context.max_frame = 125;
    context.max_message = 150;
    context.message_so_far = context.in_message ? 50 : 0;
  }
  return context;
}

Breach breach_of_header_coding(ByteView bytes) {
  const std::size_t size = size_told_by(bytes);
  const bool whole = size != 0 && size <= bytes.size();
  const auto decoded = decode_header(bytes);
  if (decoded.has_value() != whole) return "the decoder errs about where the header ends";
  if (!whole) return std::nullopt;
  if (decoded->size != size || size_of(decoded->header) != size) {
    return "the size of the header is told wrongly";
  }
  if (const auto breach = breach_of_bits(decoded->header, bytes)) return breach;
  for (std::size_t less = 0; less < size; ++less) {
    if (decode_header(bytes.first(less))) return "a header that is cut was decoded";
  }
  Bytes again;
  encode_header(decoded->header, again);
  if (!std::ranges::equal(again, bytes.first(size))) return "encoded again it is other bytes";
  return std::nullopt;
}

std::vector<Violation> rules_broken(const FrameHeader& header, const FrameContext& context) {
  using enum Violation;
  std::vector<Violation> broken;
  const auto number = static_cast<unsigned>(header.opcode);
  const bool control = number >= 8;
  const bool begins_compressed =
      header.rsv1 && context.rsv1_defined && (number == 1 || number == 2);
  const auto unless = [&](bool legal, Violation rule) {
    if (!legal) broken.push_back(rule);
  };
  // §5.2, RFC 7692 §6
  unless(!header.rsv1 || begins_compressed, rsv1_without_extension);
  unless(!header.rsv2, rsv2_without_extension);
  unless(!header.rsv3, rsv3_without_extension);
  unless(number <= 2 || control, reserved_data_opcode);
  unless(!control || number <= 10, reserved_control_opcode);
  // §5.4, §5.5
  unless(!control || header.fin, control_frame_fragmented);
  unless(number != 0 || context.in_message, continuation_without_message);
  unless(number == 0 || control || !context.in_message, message_interrupted);
  // §5.1
  const bool to_server = context.receiver == Role::server;
  unless(!to_server || header.masking_key, unmasked_client_frame);
  unless(to_server || !header.masking_key, masked_server_frame);
  // §5.2, §5.5
  const std::uint64_t length = header.payload_length;
  unless(length <= INT64_MAX, length_high_bit);
  unless(header.length_form != LengthForm::bits16 || length >= 126, length_not_minimal);
  unless(header.length_form != LengthForm::bits64 || length >= 65536, length_not_minimal);
  unless(!control || length <= 125, control_frame_too_long);
  // §10.4
  unless(length <= context.max_frame || (control && length <= 125), frame_too_big);
  const bool compressed = number == 0 ? context.compressed_so_far : begins_compressed;
  const std::uint64_t before = number == 0 ? context.message_so_far : 0;
  unless(control || compressed ||
             (before <= context.max_message && length <= context.max_message - before),
         message_too_big);
  return broken;
}

Breach breach_of_header_rules(const FrameHeader& header, FrameContext context) {
  for (const Violation rule : rules_broken(header, context)) {
    const auto told = check_header(header, context);
    if (told != rule) {
      return "the header breaks " + std::string(rule_of(rule).name) + ", and the judge tells " +
             std::string(told ? rule_of(*told).name : "nothing");
    }
    context.tolerated.set(static_cast<std::size_t>(rule));
  }
  const auto told = check_header(header, context);
  if (!told) return std::nullopt;
  return "the header does not break " + std::string(rule_of(*told).name);
}

Breach breach_of_frame_header(ByteView input) {
  const FrameContext context = context_chosen_by(take_choice(input));
  if (auto breach = breach_of_header_coding(input)) return breach;
  const auto decoded = decode_header(input);
  if (!decoded) return std::nullopt;
  return breach_of_header_rules(decoded->header, context);
}

}  // namespace wsconform
