#include "runner/case.h"

#include <algorithm>

namespace wsconform {

bool StatusSet::has(int status) const {
  return std::ranges::any_of(
      ranges, [&](const auto& range) { return range.first <= status && status <= range.second; });
}

}  // namespace wsconform
