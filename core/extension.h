// The grammar of Sec-WebSocket-Extensions and Sec-WebSocket-Protocol (RFC 6455 §9.1, §4.1, §11.3).
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wsconform {

struct ExtensionParameter {
  std::string name{};
  std::optional<std::string> value{};  // a quoted string is given unquoted

  bool operator==(const ExtensionParameter&) const = default;
};

struct Extension {
  std::string name{};
  std::vector<ExtensionParameter> parameters{};

  bool operator==(const Extension&) const = default;
};

// Where and why a field value does not fit its grammar.
struct GrammarError {
  std::size_t offset = 0;
  std::string_view says{};
};

// One pass over `value`, whatever it holds. White space may stand around every token and separator
// (the implied LWS of RFC 6455 §4.3). Empty list elements are skipped (RFC 9110 §5.6.1.2); a value
// with no element at all is an error, as is a quoted value that is not a token once unquoted.
std::expected<std::vector<Extension>, GrammarError> parse_extensions(std::string_view value);
// A list of unique tokens; tokens that differ in case are different (§4.1 item 10).
std::expected<std::vector<std::string>, GrammarError> parse_subprotocols(std::string_view value);
// "name; parameter=value; parameter", values as tokens.
std::string write_extension(const Extension& extension);

}  // namespace wsconform
