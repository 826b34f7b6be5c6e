#include "runner/selection.h"

#include <algorithm>
#include <functional>

#include "runner/glob.h"
#include "runner/input_error.h"

namespace wsconform {
namespace {

using Fits = std::function<bool(const std::string& pattern, const Case& each)>;

// Whether `text` is `pattern`, or goes on after it with one of `separators`.
bool begins_with_part(std::string_view text, std::string_view pattern,
                      std::string_view separators) {
  return text.starts_with(pattern) && (text.size() == pattern.size() ||
                                       separators.find(text[pattern.size()]) != separators.npos);
}

bool fits_section(const std::string& pattern, const Case& each) {
  const std::string_view section = each.section;
  const std::string_view last = section.substr(section.rfind('/') + 1);
  return glob_matches(pattern, section) || glob_matches(pattern, last) ||
         begins_with_part(section, pattern, "/-.") || begins_with_part(last, pattern, "-.");
}

bool fits_autobahn(const std::string& pattern, const Case& each) {
  return std::ranges::any_of(each.autobahn, [&](const std::string& id) {
    return glob_matches(pattern, id) || begins_with_part(id, pattern, ".");
  });
}

void keep(std::vector<Case>& cases, const std::vector<Case>& all, std::string_view option,
          const std::vector<std::string>& patterns, const Fits& fits) {
  if (patterns.empty()) return;
  for (const std::string& pattern : patterns)
    if (std::ranges::none_of(all, [&](const Case& each) { return fits(pattern, each); }))
      throw UsageError(std::string(option) + " " + pattern + " matches no case");
  std::erase_if(cases, [&](const Case& each) {
    return std::ranges::none_of(patterns,
                                [&](const std::string& pattern) { return fits(pattern, each); });
  });
}

}  // namespace

std::vector<Case> select(std::vector<Case> cases, const Selection& selection) {
  const std::vector<Case> all = cases;
  keep(cases, all, "--case", selection.cases,
       [](const std::string& pattern, const Case& each) { return id_matches(pattern, each.id); });
  keep(cases, all, "--section", selection.sections, fits_section);
  keep(cases, all, "--level", selection.levels,
       [](const std::string& level, const Case& each) { return each.level == level; });
  keep(cases, all, "--autobahn", selection.autobahn, fits_autobahn);
  if (selection.side)
    std::erase_if(cases, [&](const Case& each) {
      return std::ranges::find(each.sides, *selection.side) == each.sides.end();
    });
  if (cases.empty()) throw UsageError("no case is left by these filters");
  return cases;
}

}  // namespace wsconform
