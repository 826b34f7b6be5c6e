// A file of results that the user names: results.json, or the journal of a run that was killed.
#pragma once

#include <string>

#include "reports/results/results.h"

namespace wsconform {

// Throws InputError where it cannot be read, is too large, or holds no results.
Results read_results(const std::string& path);

}  // namespace wsconform
