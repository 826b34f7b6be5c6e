// What a libFuzzer program writes to its log, read: how far it is, and what ended it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wsconform {

struct FuzzerProgress {
  std::uint64_t executions = 0;
  std::uint64_t coverage = 0;  // edges

  bool operator==(const FuzzerProgress&) const = default;
};
// Of the last line that tells it, and of the final statistics.
FuzzerProgress progress_of(std::string_view log);

struct FuzzerFault {
  // By which two are one: of a property the sentence without its numbers, of a crash its kind and
  // the innermost of our functions. Fits a file's name.
  std::string cause;
  std::string says;   // one sentence
  std::string stack;  // lines; or ""

  bool operator==(const FuzzerFault&) const = default;
};
// nullopt: nothing in the log tells of one.
std::optional<FuzzerFault> fault_of(std::string_view log);
// Of a program that said nothing of its end: `how` is "exit code 3", "SIGKILL (Killed)".
FuzzerFault fault_without_a_word(const std::string& how);

}  // namespace wsconform
