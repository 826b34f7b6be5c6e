// What holds for the files that users hand in, whatever their bytes: the properties of the targets
// case_file, profile_file and results_file. Each becomes values, or one error that names its place.
#pragma once

#include <string_view>

#include "fuzz/breach.h"

namespace wsconform {

class InputError;

// The error names a line of the text, and its message is one line fit for a terminal.
Breach breach_of_error(const InputError& error, std::string_view text);

// Cases that were read and written back read the same again, and are the same text again.
Breach breach_of_case_file(std::string_view text);
// There is a target, each has a name of its own and a place.
Breach breach_of_profile_file(std::string_view text);
// Results that were read are the same once written and read again; an error begins with a place.
Breach breach_of_results_file(std::string_view text);

}  // namespace wsconform
