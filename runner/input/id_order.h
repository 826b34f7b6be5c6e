// The order of case ids as people read them: what a standard says comes before what a target's
// policy or its security adds, and runs of digits count as numbers, so §5 comes before §10.
#pragma once

#include <string_view>

namespace wsconform {

// A strict weak order; ids that differ only in leading zeros of a number fall back to the
// order of their bytes.
bool id_before(std::string_view a, std::string_view b);

}  // namespace wsconform
