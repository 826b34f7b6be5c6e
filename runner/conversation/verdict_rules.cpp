#include "runner/conversation/verdict_rules.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/ascii.h"
#include "core/close_code.h"
#include "core/comma_list.h"
#include "core/phrase.h"
#include "runner/casebook/case.h"

namespace wsconform {
namespace {

constexpr std::size_t any_target_takes = 4096;  // bytes of a message

bool is_version(std::string_view text) {
  if (text.empty() || text.size() > 3 || (text.size() > 1 && text.front() == '0')) return false;
  int value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return false;
    value = 10 * value + (c - '0');
  }
  return value <= 255;
}

bool is_element(std::string_view form, std::string_view text) {
  if (form == "version") return is_version(text);
  const std::size_t slash = form == "protocol" ? text.find('/') : text.npos;
  return is_token(text.substr(0, slash)) &&
         (slash == text.npos || is_token(text.substr(slash + 1)));
}

bool is_list_of(std::string_view form, std::string_view list) {
  auto elements = list_elements(list);
  return !elements.empty() &&
         std::ranges::all_of(elements, [&](auto element) { return is_element(form, element); });
}

// The field that HTTP demands beside the status; "": none.
std::string_view companion_of(int status) {
  constexpr std::array<std::pair<int, std::string_view>, 3> companions = {
      {{401, "WWW-Authenticate"}, {405, "Allow"}, {426, "Upgrade"}}};
  const auto* found =
      std::ranges::find(companions, status, &std::pair<int, std::string_view>::first);
  return found == companions.end() ? "" : found->second;
}

}  // namespace

int severity(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return 0;
    case Verdict::observed:
      return 1;
    case Verdict::lenient:
      return 2;
    case Verdict::skipped:
      return 3;
    case Verdict::fail:
      return 4;
    case Verdict::error:
      return 5;
  }
  return 5;
}

Verdict broken_at_level(Level level) {
  if (level == Level::must) return Verdict::fail;
  return level == Level::should ? Verdict::lenient : Verdict::observed;
}

std::optional<ground::FieldFault> field_fault(const FieldCheck& check, const HttpHead& response) {
  const auto value = response.combined(check.name);
  const auto met = [&] {
    switch (check.kind) {
      case FieldCheck::Kind::present:
        return value.has_value();
      case FieldCheck::Kind::absent:
        return !value;
      case FieldCheck::Kind::equals:
        return value && equals_ignoring_case(*value, check.value);
      case FieldCheck::Kind::elements:
        return is_list_of(check.value, value.value_or(""));
      case FieldCheck::Kind::lists:
        return response.list_has(check.name, check.value);
    }
    return false;
  };
  if (met()) return std::nullopt;
  return ground::FieldFault{check, value.has_value(), value.value_or("")};
}

std::optional<ground::CompanionMissing> companion_fault(int status, const HttpHead& response) {
  const std::string_view field = companion_of(status);
  if (field.empty() || response.count(field) > 0) return std::nullopt;
  return ground::CompanionMissing{field};
}

bool demands_companion(int status) {
  return !companion_of(status).empty();
}

std::optional<ground::OtherSubprotocol> subprotocol_fault(const ExpectResponse& step,
                                                          const HttpHead& response) {
  if (!step.subprotocol) return std::nullopt;
  const std::string selected(response.value("Sec-WebSocket-Protocol").value_or(""));
  if (selected == *step.subprotocol) return std::nullopt;
  return ground::OtherSubprotocol{selected, *step.subprotocol};
}

std::optional<Ground> other_agreement(const Case& made,
                                      const std::optional<DeflateAgreement>& agreed) {
  if (std::ranges::find(made.needs, permessage_deflate) == made.needs.end()) return std::nullopt;
  if (!agreed) return ground::NothingAgreed{};
  const DeflateWanted& wanted = made.agreement;
  const auto differs = [](const auto& one, const auto& other) { return one && *one != other; };
  if (differs(wanted.server_takes_over, agreed->server.takes_over))
    return ground::OtherAgreement{"server_no_context_takeover"};
  if (differs(wanted.client_takes_over, agreed->client.takes_over))
    return ground::OtherAgreement{"client_no_context_takeover"};
  if (differs(wanted.server_window_bits, agreed->server.window_bits))
    return ground::OtherAgreement{"server_max_window_bits"};
  if (differs(wanted.client_window_bits, agreed->client.window_bits))
    return ground::OtherAgreement{"client_max_window_bits"};
  return std::nullopt;
}

bool refused_as_too_big(const Reaction& reaction) {
  return reaction.close && reaction.close->code == close_message_too_big &&
         reaction.largest_sent > any_target_takes && !reaction.faulty;
}

}  // namespace wsconform
