// GitLab's code quality report: an issue of Code Climate's form for each cause that is not
// expected, at the file that describes the target.
#pragma once

#include <string>

namespace wsconform {

struct Results;

std::string to_gitlab(const Results& results);

}  // namespace wsconform
