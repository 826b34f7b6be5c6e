// Base64 (RFC 4648 §4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wsconform {

// Padded to fours.
std::string base64_encode(std::string_view bytes);
// Strict alphabet and padding, no white space; pad bits may be anything. nullopt: not base64.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace wsconform
