// What holds for any value of Sec-WebSocket-Extensions and Sec-WebSocket-Protocol (RFC 6455 §9.1,
// §11.3): the property of the target extension_header. Boost.Beast's list parsers are the second
// opinion.
#pragma once

#include <string_view>

#include "fuzz/breach.h"

namespace wsconform {

// What is parsed, written and parsed again, is the same; an error lies in the value; Beast reads the
// same from it.
Breach breach_of_extensions(std::string_view value);
Breach breach_of_subprotocols(std::string_view value);

// An input: the value, of either field.
Breach breach_of_extension_header(std::string_view input);

}  // namespace wsconform
