// What a workflow of GitHub shows of a run, as commands in its log.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wsconform {

struct Results;

// GitHub shows no more of one step.
inline constexpr std::size_t most_annotations = 10;

// An annotation a line for each cause that is not expected, the worst first, most_annotations at
// most; the last says how many more there are. An error where a case fails, a warning where cases
// came to no verdict.
std::string to_github_annotations(const Results& results);

// What stands between the two is folded away in the log.
std::string begin_github_group(std::string_view title);
std::string end_github_group();

}  // namespace wsconform
