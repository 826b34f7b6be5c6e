// How strongly a standard says something, what came of a case that asks for it, and through whom a
// case came to no verdict. Each has the name that cases, results and reports write: "must",
// "lenient", "target-unreachable".
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace wsconform {

// Of a requirement, and of the case that asks for it (RFC 2119).
enum class Level {
  must,
  should,
  may,
  observe,  // of a case alone: what the target does is told, not judged
};
inline constexpr std::array all_levels{Level::must, Level::should, Level::may, Level::observe};
std::string_view name_of(Level level);
std::optional<Level> level_named(std::string_view name);
// Breaking it tells against the target: of must and should.
bool judges(Level level);

enum class Verdict {
  pass,      // the target kept the rule
  lenient,   // it kept what the standard requires, but not what it recommends
  fail,      // it broke the rule
  observed,  // the standard leaves it open: what the target did is told, not judged
  skipped,   // the target lacks what the case relies on
  error,     // no verdict could be reached; AtFault says through whom
};
inline constexpr std::size_t verdict_count = 6;
std::string_view name_of(Verdict verdict);
std::optional<Verdict> verdict_named(std::string_view name);

// It goes back to a cause: it tells against the target, or there is none.
bool has_cause(Verdict verdict);

// Of a case whose verdict is an error; nobody of every other.
enum class AtFault { nobody, target_unreachable, setup, wsconform };
std::string_view name_of(AtFault at_fault);
std::optional<AtFault> at_fault_named(std::string_view name);

}  // namespace wsconform
