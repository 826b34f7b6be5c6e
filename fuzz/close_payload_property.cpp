#include "fuzz/close_payload_property.h"

#include <algorithm>

#include "core/close_payload.h"
#include "fuzz/cutting.h"
#include "fuzz/utf8_property.h"

namespace wsconform {
namespace {

std::string name_or_nothing(const std::optional<Violation>& rule) {
  return rule ? std::string(rule_of(*rule).name) : "nothing";
}

}  // namespace

std::optional<Violation> close_rule_broken(ByteView payload, Role sender) {
  if (payload.empty()) return std::nullopt;
  if (payload.size() == 1) return Violation::close_payload_of_one_byte;
  const unsigned code = payload[0] * 256U + payload[1];
  // §7.4.2
  if (code < 1000 || code > 4999) return Violation::close_code_out_of_range;
  // §7.4.1
  for (const unsigned never : {1004U, 1005U, 1006U, 1015U}) {
    if (code == never) return Violation::close_code_never_sent;
  }
  if (code == 1010 && sender == Role::server) return Violation::close_code_never_sent;
  if (code > 1015 && code < 3000) return Violation::close_code_unassigned;
  // §5.5.1: a reason is a text, and whole.
  const ByteView reason = payload.subspan(2);
  Bytes finished(reason.begin(), reason.end());
  finished.push_back('.');
  if (valid_prefix_by_simdjson(finished) < finished.size()) {
    return Violation::close_reason_invalid_utf8;
  }
  return std::nullopt;
}

Breach breach_of_close(ByteView payload, Role sender) {
  const ClosePayload close = decode_close_payload(payload);
  if (close.code.has_value() != (payload.size() >= 2)) return "a code was read where there is none";
  if (close.code && !std::ranges::equal(encode_close_payload(*close.code, close.reason), payload)) {
    return "encoded again it is other bytes";
  }
  const auto broken = close_rule_broken(payload, sender);
  const auto told = check_close_payload(payload, sender);
  if (told != broken) {
    return "it breaks " + name_or_nothing(broken) + ", and the judge tells " +
           name_or_nothing(told);
  }
  if (broken) return std::nullopt;
  const std::uint16_t answer = code_of_answer(close.code, peer_of(sender));
  if ((answer == 0) != !close.code) return "a code is answered by none, or none by one";
  const Bytes sent = answer == 0 ? Bytes() : encode_close_payload(answer);
  if (const auto wrong = close_rule_broken(sent, peer_of(sender))) {
    return "the answer breaks " + name_or_nothing(wrong);
  }
  return std::nullopt;
}

Breach breach_of_close_payload(ByteView input) {
  const Role sender = take_choice(input) % 2 == 1 ? Role::server : Role::client;
  return breach_of_close(input, sender);
}

}  // namespace wsconform
