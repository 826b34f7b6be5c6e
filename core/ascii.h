// Characters and letter case of ASCII, whatever the locale says; no other byte is a letter.
#pragma once

#include <string>
#include <string_view>

namespace wsconform {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_lower_letter(char c) {
  return c >= 'a' && c <= 'z';
}
constexpr bool is_upper_letter(char c) {
  return c >= 'A' && c <= 'Z';
}
constexpr bool is_letter_or_digit(char c) {
  return is_lower_letter(c) || is_upper_letter(c) || is_digit(c);
}
constexpr bool is_hex_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
// 0x21 to 0x7E.
constexpr bool is_printable(char c) {
  return c > ' ' && c < '\x7F';
}

constexpr char to_lower(char c) {
  return is_upper_letter(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
constexpr char to_upper(char c) {
  return is_lower_letter(c) ? static_cast<char>(c - 'a' + 'A') : c;
}
std::string in_lower_case(std::string_view text);
std::string in_upper_case(std::string_view text);
// With its first letter in upper case.
std::string capitalised(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);

// Without spaces and tabs at either end (OWS, RFC 9110 §5.6.3). Views `text`.
std::string_view trim(std::string_view text);

}  // namespace wsconform
