// What Boost.Beast's parsers make of a head: the second opinion on ours. Its headers are heavy and
// stay in one unit.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wsconform {

struct BeastMessage {
  std::string start_line{};  // "GET / HTTP/1.1", "HTTP/1.1 101 Switching Protocols"
  std::vector<std::pair<std::string, std::string>> fields{};  // in their order, values without OWS
  std::string body{};
  std::size_t size = 0;   // bytes of head and body
  bool complete = false;  // the body has its end
};
// Of a text that begins with a head; nullopt where the head is not there as a whole, or is none in
// Beast's eyes.
std::optional<BeastMessage> beast_request(std::string_view text);
// With its body, whose end is also the end of the text. A response to HEAD has none.
std::optional<BeastMessage> beast_response(std::string_view text, bool to_head = false);

// "name; parameter=value" for each element of a list of extensions, values unquoted, up to where
// Beast reads no further.
std::vector<std::string> beast_extensions(std::string_view value);
// The tokens of a list; nullopt where Beast does not read it to its end.
std::optional<std::vector<std::string>> beast_tokens(std::string_view value);

}  // namespace wsconform
