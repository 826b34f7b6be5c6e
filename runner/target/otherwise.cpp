#include "runner/target/otherwise.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/percent.h"
#include "core/utf8.h"

namespace wsconform {
namespace {

char altered(char c) {
  return c == 'x' ? 'y' : 'x';
}

}  // namespace

std::string shortened(std::string_view text) {
  return std::string(beginning_of(text, std::max<std::size_t>(text.size(), 1) - 1));
}

std::string percent_encoded(std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool in_triplet = (i > 0 && text[i - 1] == '%') || (i > 1 && text[i - 2] == '%');
    if (is_letter_or_digit(text[i]) && !in_triplet) {
      all += triplet_of(text[i]);
    } else {
      all += text[i];
    }
  }
  return all;
}

std::string with_last_altered(std::string text) {
  if (!text.empty()) text.back() = altered(text.back());
  return text;
}
std::string with_first_altered(std::string text) {
  if (!text.empty()) text.front() = altered(text.front());
  return text;
}
std::string in_other_case(std::string text) {
  std::string other = text;
  for (char& c : other) c = is_lower_letter(c) ? to_upper(c) : to_lower(c);
  return other == text ? with_last_altered(std::move(text)) : other;
}

}  // namespace wsconform
