// Causes as lines of plain text, for the console and for the formats that hold text.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reports/results/causes.h"

namespace wsconform {

struct CaseResult;
struct Results;

// "220 fails", "2 fails and 10 lenient".
std::string counts_in_words(const CauseGroup& group);

// The command that judges the target again, made visible.
std::string command_of(const Results& results);
// The command that plays a case again, made visible. Precondition: the case is one of the results.
std::string command_for(const Results& results, const CaseResult& result);

// Everything about a cause, each fact a line of its own, made visible: rule, why, what to change,
// the case that shows it, its notes where the target died, the command that plays that again. Each
// line ends in a line feed.
std::string cause_in_words(const CauseGroup& group, const Results& results);

// What the end of a run tells: "14 causes behind 361 fails, the worst first:", then each that holds
// something unexpected, the first `in_full` of them with all of cause_in_words, then how many more
// there are that are not. "" where there is none.
std::string causes_in_words(const Results& results, std::size_t in_full);

}  // namespace wsconform
