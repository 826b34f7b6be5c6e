// Which cases catch which planted defect.
#pragma once

#include <string>
#include <vector>

#include "server-under-test/defect.h"

namespace wsconform {

// Ids of the cases whose verdict a defect changes to lenient, fail or error, in the order of the cases.
std::vector<std::string> catchers(const Defect& defect);
// The first of them, or "".
std::string first_catcher(const Defect& defect);

}  // namespace wsconform
