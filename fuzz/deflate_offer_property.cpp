#include "fuzz/deflate_offer_property.h"

#include <algorithm>
#include <set>

#include "core/extension.h"

namespace wsconform {
namespace {

bool is_same(const std::optional<DeflateParameters>& a, const std::optional<DeflateParameters>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->server_no_context_takeover == b->server_no_context_takeover &&
         a->client_no_context_takeover == b->client_no_context_takeover &&
         a->server_max_window_bits == b->server_max_window_bits &&
         a->client_max_window_bits == b->client_max_window_bits &&
         a->client_window_offered == b->client_window_offered;
}

std::optional<DeflateParameters> without_error(
    const std::expected<DeflateParameters, HandshakeFault>& parsed) {
  return parsed ? std::optional(*parsed) : std::nullopt;
}

// §7.1.2.1: "8", "9", "10" ... "15"; 0: no such number.
int window_plainly(std::string_view value) {
  if (value == "8" || value == "9") return value[0] - '0';
  const bool two = value.size() == 2 && value[0] == '1' && value[1] >= '0' && value[1] <= '5';
  return two ? 10 + value[1] - '0' : 0;
}

// §7.1: a response may ask no less than the offer did.
bool fits(const DeflateParameters& response, const DeflateParameters& offer) {
  if (offer.server_no_context_takeover && !response.server_no_context_takeover) return false;
  if (response.server_max_window_bits.value_or(15) > offer.server_max_window_bits.value_or(15)) {
    return false;
  }
  return offer.client_window_offered || !response.client_window_offered;
}

std::vector<Extension> parsed_or_none(std::string_view value) {
  return parse_extensions(value).value_or(std::vector<Extension>{});
}

}  // namespace

std::optional<DeflateParameters> read_deflate_plainly(const Extension& extension, bool response) {
  DeflateParameters read;
  std::set<std::string> seen;
  for (const auto& [name, value] : extension.parameters) {
    if (!seen.insert(name).second) return std::nullopt;
    const int window = window_plainly(value.value_or(""));
    if (name == "server_no_context_takeover" && !value) {
      read.server_no_context_takeover = true;
    } else if (name == "client_no_context_takeover" && !value) {
      read.client_no_context_takeover = true;
    } else if (name == "server_max_window_bits" && window != 0) {
      read.server_max_window_bits = window;
    } else if (name == "client_max_window_bits" && (window != 0 || (!value && !response))) {
      read.client_window_offered = true;
      if (value) read.client_max_window_bits = window;
    } else {
      return std::nullopt;
    }
  }
  return read;
}

std::optional<DeflateAgreement> agreement_plainly(std::span<const Extension> response,
                                                  std::span<const Extension> offered) {
  std::vector<DeflateParameters> accepted;
  for (const Extension& one : response) {
    if (one.name != "permessage-deflate") continue;
    const auto read = read_deflate_plainly(one, true);
    if (!read) return std::nullopt;
    accepted.push_back(*read);
  }
  if (accepted.size() != 1) return std::nullopt;
  const DeflateParameters& answer = accepted.front();
  for (const Extension& one : offered) {
    if (one.name != "permessage-deflate") continue;
    const auto offer = read_deflate_plainly(one, false);
    if (!offer || !fits(answer, *offer)) continue;
    DeflateAgreement agreed;
    agreed.server.window_bits = answer.server_max_window_bits.value_or(15);
    agreed.server.takes_over = !answer.server_no_context_takeover;
    const int of_answer = answer.client_max_window_bits.value_or(15);
    const int of_offer = offer->client_max_window_bits.value_or(15);
    agreed.client.window_bits = of_answer < of_offer ? of_answer : of_offer;
    agreed.client.takes_over = !answer.client_no_context_takeover;
    return agreed;
  }
  return std::nullopt;
}

Breach breach_of_deflate_reading(const Extension& extension) {
  if (!is_same(without_error(parse_deflate_offer(extension)),
               read_deflate_plainly(extension, false))) {
    return "an offer is read otherwise";
  }
  if (!is_same(without_error(parse_deflate_response(extension)),
               read_deflate_plainly(extension, true))) {
    return "a response is read otherwise";
  }
  return std::nullopt;
}

Breach breach_of_accepting(const Extension& offer) {
  const auto response = accept_deflate(offer);
  const bool legal = offer.name == permessage_deflate && read_deflate_plainly(offer, false);
  if (response.has_value() != legal) {
    return legal ? "a legal offer is declined" : "an offer is accepted that is none";
  }
  if (!response) return std::nullopt;
  const auto agreed = agreement_plainly({&*response, 1}, {&offer, 1});
  if (!agreed) return "an offer is answered by what it does not allow";
  const auto asked = *read_deflate_plainly(offer, false);
  if (agreed->client.window_bits > asked.client_max_window_bits.value_or(15) ||
      (asked.client_no_context_takeover && agreed->client.takes_over)) {
    return "the client's hints are not followed";
  }
  return std::nullopt;
}

Breach breach_of_agreement(std::span<const Extension> response,
                           std::span<const Extension> offered) {
  const auto agreed = deflate_agreement(response, offered);
  const bool accepted = std::ranges::count(response, permessage_deflate, &Extension::name) > 0;
  const bool legal = !judge_deflate(response, offered);
  if (agreed.has_value() != (accepted && legal)) return "the judge and the agreement differ";
  if (agreed != agreement_plainly(response, offered)) return "something else is agreed to";
  return std::nullopt;
}

Breach breach_of_deflate_offer(std::string_view input) {
  const auto line = input.find('\n');
  const auto offered = parsed_or_none(input.substr(0, line));
  const auto response =
      parsed_or_none(line == std::string_view::npos ? "" : input.substr(line + 1));
  for (const Extension& one : offered) {
    if (auto breach = breach_of_deflate_reading(one)) return breach;
    if (auto breach = breach_of_accepting(one)) return breach;
  }
  return breach_of_agreement(response, offered);
}

}  // namespace wsconform
