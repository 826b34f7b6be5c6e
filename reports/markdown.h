// A page of Markdown (GitHub's flavour) that sums a run up, as for the summary of a CI job: the
// counts, every unexpected result with its reason, and what else did not pass.
#pragma once

#include <string>

namespace wsconform {

struct Results;

std::string to_markdown(const Results& results);

}  // namespace wsconform
