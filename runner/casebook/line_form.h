// The line form of case files (cases/README.md, "Form"): how wide a line is, and that each step
// stands on a line of its own.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "runner/input/json_source.h"

namespace wsconform {

inline constexpr std::size_t widest_line = 180;     // characters of a line in a case file,
inline constexpr std::size_t counted_of_text = 80;  // of which one text takes at most so many

// Characters, not bytes, that a line without its end takes; of a long text its beginning counts.
std::size_t width_of(std::string_view line);
// A step so short stands on one line.
bool belongs_on_one_line(const Json& step);

struct FormFault {
  std::size_t line = 0;
  std::string pointer;  // JSON pointer; "" for a line as a whole
  std::string message;
};

// What is wrong with the form of a file, whose text is `text`, whatever it holds.
std::vector<FormFault> faults_of_form(const JsonSource& file, std::string_view text);

}  // namespace wsconform
