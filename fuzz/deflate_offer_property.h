// What holds for the negotiation of permessage-deflate, whatever is offered and answered (RFC 7692
// §7.1): the property of the target deflate_offer.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/permessage_deflate.h"
#include "fuzz/breach.h"

namespace wsconform {

// One offer or one response read a second time, and plainly; nullopt where it is to be declined.
std::optional<DeflateParameters> read_deflate_plainly(const Extension& extension, bool response);
// What the two lists agree to, likewise. nullopt: nothing, or the response is not legal.
std::optional<DeflateAgreement> agreement_plainly(std::span<const Extension> response,
                                                  std::span<const Extension> offered);

// Offers and responses are read as above.
Breach breach_of_deflate_reading(const Extension& extension);
// What accept_deflate makes of an offer is a response that the offer allows, of every legal offer.
Breach breach_of_accepting(const Extension& offer);
// The judge and the agreement are of one mind, and agree to what is agreed to above.
Breach breach_of_agreement(std::span<const Extension> response, std::span<const Extension> offered);

// An input: the value of the field in a request, a line feed, that of the response.
Breach breach_of_deflate_offer(std::string_view input);

}  // namespace wsconform
