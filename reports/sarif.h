// SARIF 2.1.0 for code scanning (GitHub's, and others').
//
// A rule and a result for each cause that a case fails by, or comes to no verdict by; what is only
// lenient is left out. The same finding is the same result in every run: rule, location and
// fingerprint follow from the cause and from where the target is described, never from its address.
// A cause all of whose cases are known to fail is suppressed with their reason.
#pragma once

#include <string>

namespace wsconform {

struct Results;

std::string to_sarif(const Results& results);

}  // namespace wsconform
