// JUnit XML, as CI systems read it.
//
// A suite for each section, a test case for each case. The type of a failure is the key of its
// cause, and its message begins with the cause's title: readers that group by either show a cause
// once. Valid by Jenkins' schema. A failure of the known-failing list is `skipped` with the list's
// reason. A list entry that matches no case, and a run that ended early, are cases of their own
// that do not pass.
#pragma once

#include <string>

namespace wsconform {

struct Results;

std::string to_junit(const Results& results);

}  // namespace wsconform
