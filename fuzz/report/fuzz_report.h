// What fuzzing found and how it went, as data, and the two forms in which it is told: JSON, and one
// page of HTML in the look of the conformance report, with plots and without a script. Whatever
// bytes a finding has, they are only ever text there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wsconform {

// How far it was at an instant.
struct FuzzPoint {
  double seconds = 0;
  std::uint64_t executions = 0;
  std::uint64_t coverage = 0;
  std::uint64_t findings = 0;

  bool operator==(const FuzzPoint&) const = default;
};

struct FuzzSeries {
  std::string name;  // of a target
  std::uint64_t executions = 0;
  double seconds = 0;
  std::vector<FuzzPoint> points;  // by time
};

enum class FindingState { open, fixed, still_failing, not_played };
// "OPEN", "FIXED", "STILL FAILING", "NOT PLAYED".
std::string_view name_of(FindingState state);

struct FuzzFound {
  std::string name;    // of its cause
  std::string target;  // in which it was found
  std::string says;    // what does not hold: a sentence
  FindingState state = FindingState::open;
  std::string file;     // that shows it again
  std::string command;  // by which it is played again
  std::string bytes;    // the input, or its case, as text
  std::string log;      // the stack, or the last words
  double seconds = 0;   // after which it was found
};

struct FuzzReport {
  std::string title;
  std::string started;                    // "2026-11-29T00:12:00Z"
  std::string executions = "executions";  // what is counted
  std::string coverage = "edges";         // what is covered
  std::vector<FuzzSeries> series;
  std::vector<FuzzFound> found;
  std::vector<std::string> reach_head;  // a table of what was reached, or empty
  std::vector<std::vector<std::string>> reach;
  std::vector<std::string> notes;  // a sentence each
};

std::string to_json(const FuzzReport& report);
std::string to_html(const FuzzReport& report);

}  // namespace wsconform
