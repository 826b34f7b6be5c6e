#include "runner/input/id_order.h"

#include <algorithm>
#include <compare>

#include "core/ascii.h"

namespace wsconform {
namespace {

// Takes the digits at the front of `text`, without leading zeros.
std::string_view take_number(std::string_view& text) {
  const auto end = std::ranges::find_if_not(text, is_digit);
  std::string_view digits(text.begin(), end);
  text.remove_prefix(digits.size());
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return digits;
}

std::strong_ordering compare_numbers(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return a.size() <=> b.size();
  return a.compare(b) <=> 0;
}

bool of_a_standard(std::string_view id) {
  return id.starts_with("rfc");
}

}  // namespace

bool id_before(std::string_view a, std::string_view b) {
  if (of_a_standard(a) != of_a_standard(b)) return of_a_standard(a);
  const std::string_view whole_a = a;
  const std::string_view whole_b = b;
  while (!a.empty() && !b.empty()) {
    if (is_digit(a.front()) && is_digit(b.front())) {
      const auto order = compare_numbers(take_number(a), take_number(b));
      if (order != 0) return order < 0;
      continue;
    }
    if (a.front() != b.front()) return a.front() < b.front();
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  if (a.empty() != b.empty()) return a.empty();
  return whole_a < whole_b;
}

}  // namespace wsconform
