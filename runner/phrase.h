// Pieces of the sentences that cases are told in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wsconform {

// "a, b and c", where `last` is " and ".
std::string joined(const std::vector<std::string>& parts, std::string_view last);

// The text between quotes, made visible; a long one is cut between two characters and its size told.
std::string in_quotes(std::string_view text);
inline constexpr std::size_t longest_quote = 60;  // bytes

}  // namespace wsconform
