#include "reports/html_names.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/visible_text.h"

namespace wsconform {

std::string heading_of(std::string_view section) {
  if (!section.starts_with("rfc")) return visible(section);
  const std::size_t slash = section.find('/');
  std::string heading = "RFC " + visible(section.substr(3, slash - 3));
  if (slash == std::string_view::npos) return heading;
  std::string rest = visible(section.substr(slash + 1));
  const bool numbered = !rest.empty() && is_digit(rest[0]);
  std::ranges::replace(rest, '-', ' ');
  return heading + (numbered ? " §" : " ") + rest;
}

}  // namespace wsconform
