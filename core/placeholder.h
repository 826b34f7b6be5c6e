// Texts with {name} in them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace wsconform {

// What stands between two braces, without a brace in it, is a name: asks for the value of each,
// from left to right, and puts it in. What was put in is not looked at again. nullopt: the name
// stays with its braces. Takes time in proportion to the text and to what is put in.
using ValueOfName = std::function<std::optional<std::string>(std::string_view name)>;
std::string with_placeholders(std::string_view text, const ValueOfName& value_of);

// With only {name} filled in.
std::string with_placeholder(std::string_view text, std::string_view name, std::string_view value);
// With only {port} filled in.
std::string with_port(std::string_view text, std::uint16_t port);

}  // namespace wsconform
