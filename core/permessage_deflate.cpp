#include "core/permessage_deflate.h"

#include <algorithm>
#include <string>

namespace wsconform {
namespace {

using enum HandshakeFault;
using Parsed = std::expected<DeflateParameters, HandshakeFault>;

enum class Part { offer, response };

// §7.1.2: a decimal integer from 8 to 15 without leading zeros.
std::optional<int> window_bits_of(std::string_view value) {
  for (int bits = least_window_bits; bits <= most_window_bits; ++bits)
    if (value == std::to_string(bits)) return bits;
  return std::nullopt;
}

// False: the value is not one of the parameter's.
bool take(const ExtensionParameter& parameter, Part part, DeflateParameters& to) {
  if (parameter.name == "server_no_context_takeover") {
    to.server_no_context_takeover = true;
    return !parameter.value;
  }
  if (parameter.name == "client_no_context_takeover") {
    to.client_no_context_takeover = true;
    return !parameter.value;
  }
  if (parameter.name == "client_max_window_bits") {
    to.client_window_offered = true;
    if (!parameter.value) return part == Part::offer;
    to.client_max_window_bits = window_bits_of(*parameter.value);
    return to.client_max_window_bits.has_value();
  }
  if (parameter.value) to.server_max_window_bits = window_bits_of(*parameter.value);
  return to.server_max_window_bits.has_value();
}

bool is_known(std::string_view name) {
  return name == "server_no_context_takeover" || name == "client_no_context_takeover" ||
         name == "server_max_window_bits" || name == "client_max_window_bits";
}

Parsed parse(const Extension& extension, Part part) {
  DeflateParameters parsed;
  for (const ExtensionParameter& parameter : extension.parameters) {
    if (!is_known(parameter.name)) return std::unexpected(deflate_parameter_unknown);
    if (std::ranges::count(extension.parameters, parameter.name, &ExtensionParameter::name) > 1)
      return std::unexpected(deflate_parameter_repeated);
    if (!take(parameter, part, parsed)) return std::unexpected(deflate_parameter_value);
  }
  return parsed;
}

void add(Extension& to, std::string name, std::optional<std::string> value = {}) {
  to.parameters.push_back({std::move(name), std::move(value)});
}

std::optional<HandshakeFault> misfit(const DeflateParameters& response,
                                     const DeflateParameters& offer) {
  // §7.1.1.1, §7.1.2.1: a server accepts these by repeating them. The largest window limits
  // nothing: left out, it stands.
  if (offer.server_no_context_takeover && !response.server_no_context_takeover)
    return deflate_takeover_not_given_up;
  if (offer.server_max_window_bits &&
      response.server_max_window_bits.value_or(most_window_bits) > *offer.server_max_window_bits)
    return deflate_window_not_kept;
  // §7.1.2.2
  if (response.client_window_offered && !offer.client_window_offered)
    return deflate_client_window_not_offered;
  return std::nullopt;
}

// The first offer that the response fits; else why it does not fit the first one that is legal.
std::expected<DeflateParameters, HandshakeFault> offer_fitted(const DeflateParameters& response,
                                                              std::span<const Extension> offered) {
  std::optional<HandshakeFault> first;
  for (const Extension& each : offered) {
    if (each.name != permessage_deflate) continue;
    const Parsed offer = parse_deflate_offer(each);
    if (!offer) continue;
    const auto fault = misfit(response, *offer);
    if (!fault) return *offer;
    if (!first) first = fault;
  }
  return std::unexpected(first.value_or(deflate_offer_to_be_declined));
}

const Extension* accepted_in(std::span<const Extension> response) {
  const auto found = std::ranges::find(response, permessage_deflate, &Extension::name);
  return found == response.end() ? nullptr : &*found;
}

}  // namespace

Parsed parse_deflate_offer(const Extension& offer) {
  return parse(offer, Part::offer);
}

Parsed parse_deflate_response(const Extension& response) {
  return parse(response, Part::response);
}

std::optional<Extension> accept_deflate(const Extension& offered) {
  if (offered.name != permessage_deflate) return std::nullopt;
  const Parsed offer = parse_deflate_offer(offered);
  if (!offer) return std::nullopt;
  Extension response{std::string(permessage_deflate), {}};
  if (offer->server_no_context_takeover) add(response, "server_no_context_takeover");
  if (offer->client_no_context_takeover) add(response, "client_no_context_takeover");
  if (offer->server_max_window_bits)
    add(response, "server_max_window_bits", std::to_string(*offer->server_max_window_bits));
  if (offer->client_max_window_bits)
    add(response, "client_max_window_bits", std::to_string(*offer->client_max_window_bits));
  return response;
}

std::optional<HandshakeFault> judge_deflate(std::span<const Extension> response,
                                            std::span<const Extension> offered) {
  const Extension* accepted = accepted_in(response);
  if (accepted == nullptr) return std::nullopt;
  // RFC 7692 §5.2: a second one would have no use of RSV1 left.
  if (std::ranges::count(response, permessage_deflate, &Extension::name) > 1)
    return deflate_accepted_twice;
  const Parsed parsed = parse_deflate_response(*accepted);
  if (!parsed) return parsed.error();
  const Parsed offer = offer_fitted(*parsed, offered);
  if (!offer) return offer.error();
  return std::nullopt;
}

std::optional<DeflateAgreement> deflate_agreement(std::span<const Extension> response,
                                                  std::span<const Extension> offered) {
  if (accepted_in(response) == nullptr || judge_deflate(response, offered)) return std::nullopt;
  const DeflateParameters accepted = *parse_deflate_response(*accepted_in(response));
  const DeflateParameters offer = *offer_fitted(accepted, offered);
  DeflateAgreement agreed;
  agreed.server = {accepted.server_max_window_bits.value_or(most_window_bits),
                   !accepted.server_no_context_takeover};
  agreed.client = {std::min(accepted.client_max_window_bits.value_or(most_window_bits),
                            offer.client_max_window_bits.value_or(most_window_bits)),
                   !accepted.client_no_context_takeover};
  return agreed;
}

}  // namespace wsconform
