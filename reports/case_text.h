// One case as plain text, for the formats that hold text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wsconform {

struct CaseResult;
struct Results;

// How a format that knows only "passed" and "did not" should take a case.
enum class Outcome { passed, failed, errored, skipped, known_failing };

// A case that the known-failing list names but that passes has failed: the list is wrong.
Outcome outcome_of(const CaseResult& result);

// The last part of the id, and which repetition it was where that is not the first: what is left of
// the id when the section is known.
std::string slug_of(const CaseResult& result);

// One sentence: the reason, and what the known-failing list says about it. Made visible (text.h).
std::string reason_in_full(const CaseResult& result);

// Everything about the case, one fact a line, each line made visible, the wire log as decoded lines
// without hex. Ends in a line feed.
std::string case_in_words(const CaseResult& result);

struct Section {
  std::string name;
  std::vector<const CaseResult*> cases;  // into the results
};

// In the order in which the results first name them.
std::vector<Section> sections_of(const Results& results);

// The target as the user knows it, made visible.
std::string title_of(const Results& results);

}  // namespace wsconform
