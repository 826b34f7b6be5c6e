#include "tests/defect_table.h"

#include "tests/reference_target.h"

namespace wsconform {
namespace {

bool catches(const Case& each, const Defect& defect) {
  const Verdict verdict = judge_in_memory(each, &defect).result.verdict;
  return verdict == Verdict::lenient || verdict == Verdict::fail || verdict == Verdict::error;
}

}  // namespace

std::vector<std::string> catchers(const Defect& defect) {
  std::vector<std::string> ids;
  for (const Case& each : reference_cases()) {
    if (catches(each, defect)) ids.push_back(each.id);
  }
  return ids;
}

std::string first_catcher(const Defect& defect) {
  for (const Case& each : reference_cases()) {
    if (catches(each, defect)) return each.id;
  }
  return {};
}

}  // namespace wsconform
