#include "reports/results/case_result.h"

namespace wsconform {

std::string_view without_variant(std::string_view id, std::string_view section) {
  if (!id.starts_with(section)) return id;
  const std::size_t slug = section.empty() ? 0 : section.size() + 1;
  return id.substr(0, id.find('/', slug));
}

}  // namespace wsconform
