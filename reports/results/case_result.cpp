#include "reports/results/case_result.h"

namespace wsconform {

std::string_view without_variant(std::string_view id, std::string_view section) {
  if (section.empty()) return id.substr(0, id.find('/'));
  const bool of_it = id.starts_with(section) && id.substr(section.size()).starts_with('/');
  return of_it ? id.substr(0, id.find('/', section.size() + 1)) : id;
}

}  // namespace wsconform
