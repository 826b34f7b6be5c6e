#include "core/close_payload.h"

#include "core/close_code.h"
#include "core/utf8.h"

namespace wsconform {
namespace {

std::optional<Violation> broken_by_code(std::uint16_t code, Role sender) {
  switch (classify_close_code(code)) {
    case CloseCodeClass::below_range:
    case CloseCodeClass::above_range:
      return Violation::close_code_out_of_range;
    case CloseCodeClass::never_sent:
      return Violation::close_code_never_sent;
    case CloseCodeClass::unassigned:
      return Violation::close_code_unassigned;
    case CloseCodeClass::assigned:
      if (!may_be_sent(code, sender)) return Violation::close_code_never_sent;
      return std::nullopt;
    case CloseCodeClass::library:
    case CloseCodeClass::application:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

ClosePayload decode_close_payload(ByteView payload) {
  if (payload.size() < 2) return {};
  return {static_cast<std::uint16_t>(payload[0] << 8 | payload[1]), text_of(payload.subspan(2))};
}

Bytes encode_close_payload(std::uint16_t code, std::string_view reason) {
  Bytes payload;
  payload.reserve(2 + reason.size());
  payload.push_back(static_cast<std::uint8_t>(code >> 8));
  payload.push_back(static_cast<std::uint8_t>(code & 0xFF));
  append(payload, reason);
  return payload;
}

std::uint16_t code_of_answer(std::optional<std::uint16_t> code, Role answering) {
  if (code == close_mandatory_extension && answering == Role::server) return close_normal;
  return code.value_or(0);
}

std::optional<Violation> check_close_payload(ByteView payload, Role sender,
                                             const ViolationSet& tolerated) {
  const auto enforced = [&](Violation rule) { return !tolerated[static_cast<std::size_t>(rule)]; };
  if (payload.empty()) return std::nullopt;
  if (payload.size() == 1) {
    constexpr Violation rule = Violation::close_payload_of_one_byte;
    return enforced(rule) ? std::optional(rule) : std::nullopt;
  }
  const ClosePayload close = decode_close_payload(payload);
  if (const auto broken = broken_by_code(*close.code, sender); broken && enforced(*broken))
    return broken;
  constexpr Violation rule = Violation::close_reason_invalid_utf8;
  if (!is_utf8(bytes_of(close.reason)) && enforced(rule)) return rule;
  return std::nullopt;
}

}  // namespace wsconform
