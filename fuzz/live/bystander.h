// A connection beside those that are fuzzed: it speaks, is silent a while, and speaks again, and
// has to be served throughout.
#pragma once

#include <string_view>

namespace wsconform {

struct Case;

inline constexpr std::string_view bystander_id = "fuzz/bystander";

// Under that id. It fails where what it said is not answered.
Case bystander_case();

}  // namespace wsconform
