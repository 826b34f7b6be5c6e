// What a target spent of its machine on cases, and what that is worth. Judged is only what is
// beyond doubt: a core that is used on and on while nothing is to be done, and memory far beyond
// anything that was sent (RFC 6455 §10.4).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/instant.h"
#include "reports/results/case_result.h"

namespace wsconform {

struct Case;

struct Spent {
  Duration cpu{};
  std::int64_t grown = 0;        // bytes of resident memory after, less those before
  std::uint64_t peak_grown = 0;  // bytes of the most in between, less those before
  Duration busy{};               // so long it was busy after the last connection was closed
  bool spinning = false;         // and did not end: see Idleness
};

// Its resources are looked at: cases about protection, and those that declare a length
// that never comes.
bool is_watched(const Case& each);

bool is_suspicious(const Spent& spent);
// "The target used 12 ms of CPU time; its memory grew by 3.1 MiB, at most by 4.0 MiB."
std::string words(const Spent& spent);
// For one case that ran alone: its note, and where it is beyond doubt its verdict. A target that
// `others` may use as well is judged leniently.
void judge(CaseResult& result, const Spent& spent, bool others);

}  // namespace wsconform
