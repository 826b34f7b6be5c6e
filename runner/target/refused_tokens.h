// Cookies and tickets that a target once gave, or nearly, and that let nobody in: what a profile
// declares beside the good ones, by the way in which they are wrong.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace wsconform {

// By name, as it is sent.
using RefusedTokens = std::map<std::string, std::string, std::less<>>;

// "forged" and so on: every name that those of cookies, or of tickets, may have.
std::span<const std::string_view> names_of_refused_cookies();
std::span<const std::string_view> names_of_refused_tickets();

}  // namespace wsconform
