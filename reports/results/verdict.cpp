#include "reports/results/verdict.h"

#include <algorithm>

namespace wsconform {
namespace {

constexpr std::array<std::string_view, all_levels.size()> level_names{"must", "should", "may",
                                                                      "observe"};
constexpr std::array<std::string_view, verdict_count> verdict_names{"pass",     "lenient", "fail",
                                                                    "observed", "skipped", "error"};
constexpr std::array<std::string_view, 4> at_fault_names{"nobody", "target-unreachable", "setup",
                                                         "wsconform"};

template <typename Enum, std::size_t size>
std::optional<Enum> named(std::string_view name, const std::array<std::string_view, size>& names) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::string_view name_of(Level level) {
  return level_names.at(static_cast<std::size_t>(level));
}

std::optional<Level> level_named(std::string_view name) {
  return named<Level>(name, level_names);
}

bool judges(Level level) {
  return level == Level::must || level == Level::should;
}

std::string_view name_of(Verdict verdict) {
  return verdict_names.at(static_cast<std::size_t>(verdict));
}

std::optional<Verdict> verdict_named(std::string_view name) {
  return named<Verdict>(name, verdict_names);
}

bool has_cause(Verdict verdict) {
  return verdict == Verdict::fail || verdict == Verdict::lenient || verdict == Verdict::error;
}

std::string_view name_of(AtFault at_fault) {
  return at_fault_names.at(static_cast<std::size_t>(at_fault));
}

std::optional<AtFault> at_fault_named(std::string_view name) {
  return named<AtFault>(name, at_fault_names);
}

}  // namespace wsconform
