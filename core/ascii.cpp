#include "core/ascii.h"

#include <algorithm>

namespace wsconform {
namespace {

bool is_space_or_tab(char c) {
  return c == ' ' || c == '\t';
}

}  // namespace

std::string in_lower_case(std::string_view text) {
  std::string changed(text);
  std::ranges::transform(changed, changed.begin(), to_lower);
  return changed;
}

std::string in_upper_case(std::string_view text) {
  std::string changed(text);
  std::ranges::transform(changed, changed.begin(), to_upper);
  return changed;
}

std::string capitalised(std::string_view text) {
  std::string changed(text);
  if (!changed.empty()) changed.front() = to_upper(changed.front());
  return changed;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, to_lower, to_lower);
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space_or_tab(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space_or_tab(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace wsconform
