#include "tests/reference_cases.h"

#include "cli/reference_target.h"
#include "runner/case_loader.h"

namespace wsconform {

const std::vector<Case>& reference_cases() {
  static const std::vector<Case> cases = cases_for(
      load_cases(WSCONFORM_SOURCE_DIR "/cases", reference_limits()), reference_profile().features);
  return cases;
}

}  // namespace wsconform
