// How the program ends that an exception ended: one sentence and an exit code, by the type of the
// exception alone.
#pragma once

#include <exception>
#include <string>

#include "cli/exit_code.h"

namespace wsconform {

struct Failure {
  ExitCode code = exit_fault;
  std::string sentence;  // without line feed

  bool operator==(const Failure&) const = default;
};

// What the user gave us is exit_usage; a target that cannot be reached, or a port that cannot be
// had, exit_unreachable; all else, of which the machine (std::system_error, std::bad_alloc) is a
// part, exit_fault. `thrown` is not null.
Failure failure_of(const std::exception_ptr& thrown);

}  // namespace wsconform
