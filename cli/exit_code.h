// How `wsconform` ends.
#pragma once

namespace wsconform {

struct Results;

enum ExitCode : int {
  exit_as_expected = 0,  // everything as expected
  exit_unexpected = 1,   // an unexpected result
  exit_usage = 2,        // usage error, bad case file, or a filter that matches nothing
  exit_unreachable = 3,  // the target cannot be reached
  exit_fault = 4,        // a fault of wsconform itself, or of the machine
};

// Of a run that has results. A target that died for good cannot be reached, and a machine that gave
// out is a fault; any other early end leaves cases without a verdict, which counts as unexpected.
ExitCode exit_code_of(const Results& results);

}  // namespace wsconform
