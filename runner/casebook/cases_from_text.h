// For tests: cases written in place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runner/casebook/case.h"
#include "runner/casebook/case_loader.h"
#include "runner/input/input_error.h"
#include "runner/input/json_source.h"

namespace wsconform {

// A file with these entries, separated by commas.
inline std::string case_file_text(std::string_view entries) {
  return "{\"title\": \"T\", \"standard\": \"S\", \"cases\": [\n" + std::string(entries) + "\n]}";
}

// An entry with the steps, and further members where `more` has some ("\"alone\": true").
inline std::string entry_text(std::string_view steps, std::string_view more = "") {
  return R"({"id": "a", "says": "It does.", "requirements": ["x/1-y"], "level": "must", )" +
         std::string(more) + (more.empty() ? "" : ", ") + "\"steps\": [" + std::string(steps) +
         "]}";
}

inline std::vector<Case> cases_from(std::string_view entries) {
  return load_cases_of(JsonSource::parse("test.json", case_file_text(entries)), "s/1");
}

// The case with these steps and, behind them, an expectation.
inline Case case_with(std::string_view steps, std::string_view more = "") {
  return cases_from(entry_text(std::string(steps) + R"(, {"expect": "open"})", more)).front();
}

template <typename Kind>
Kind step_of(std::string_view step) {
  return *as<Kind>(case_with(step).steps.front());
}

// The message of the InputError that loading these entries throws; "" where it throws none.
inline std::string fault_of(std::string_view entries) {
  try {
    cases_from(entries);
  } catch (const InputError& error) {
    return error.pointer() + ": " + error.message();
  }
  return "";
}

}  // namespace wsconform
