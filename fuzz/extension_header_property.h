// What holds for any value of Sec-WebSocket-Extensions and Sec-WebSocket-Protocol (RFC 6455 §9.1,
// §11.3): the property of the target extension_header. Boost.Beast's list parsers are the second
// opinion.
#pragma once

#include <expected>
#include <optional>
#include <string_view>
#include <vector>

#include "core/extension.h"
#include "fuzz/breach.h"

namespace wsconform {

// The grammar written a second time, for values without quotes: the list, or nullopt
// where it is none.
std::optional<std::vector<Extension>> extensions_plainly(std::string_view value);

// What is parsed, written and parsed again, is the same; an error lies in the value; the grammar
// written a second time, and Beast, read the same from it. `parsed` is what we make of the value.
using ParsedExtensions = std::expected<std::vector<Extension>, GrammarError>;
Breach breach_of_extensions(std::string_view value, const ParsedExtensions& parsed);
Breach breach_of_subprotocols(std::string_view value);

// An input: the value, of either field.
Breach breach_of_extension_header(std::string_view input);

}  // namespace wsconform
