#include "proof/reference_cases.h"

#include "proof/reference_target.h"
#include "runner/casebook/case.h"
#include "runner/casebook/case_loader.h"

namespace wsconform {

const std::vector<Case>& reference_cases() {
  static const std::vector<Case> cases = cases_for(
      load_cases(WSCONFORM_SOURCE_DIR "/cases", reference_limits()), reference_features());
  return cases;
}

}  // namespace wsconform
