// How `wsconform` ends.
#pragma once

namespace wsconform {

enum ExitCode : int {
  exit_as_expected = 0,  // everything as expected
  exit_unexpected = 1,   // an unexpected result
  exit_usage = 2,        // usage error, bad case file, or a filter that matches nothing
  exit_unreachable = 3,  // the target cannot be reached
  exit_fault = 4,        // a fault of wsconform itself, or of the machine
};

}  // namespace wsconform
