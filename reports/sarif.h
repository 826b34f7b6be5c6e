// SARIF 2.1.0 for code-scanning services. A rule is a case; its tags are the requirements that it
// checks. Only what is worth a look is a result: fail (error), error (warning) and lenient (note).
// A failure of the known-failing list is suppressed with the list's reason.
#pragma once

#include <string>

namespace wsconform {

struct Results;

std::string to_sarif(const Results& results);

}  // namespace wsconform
