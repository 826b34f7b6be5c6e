// The cases that the suite's own tests judge by.
#pragma once

#include <vector>

namespace wsconform {

struct Case;

// The cases of the repository that the reference server can be judged by, loaded once.
const std::vector<Case>& reference_cases();

}  // namespace wsconform
