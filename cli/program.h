// The whole program behind main().
#pragma once

#include <string>
#include <vector>

namespace wsconform {

// `arguments` are those after the program's name. Errors go to standard error in one line; the
// result is the exit code.
int run_program(std::vector<std::string> arguments);

}  // namespace wsconform
