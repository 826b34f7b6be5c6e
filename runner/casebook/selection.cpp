#include "runner/casebook/selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "runner/casebook/case.h"
#include "runner/input/glob.h"
#include "runner/input/input_error.h"

namespace wsconform {
namespace {

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

// Each pattern has to match a case of all, whatever other filters leave out.
class Filter {
 public:
  explicit Filter(const std::vector<Case>& all) : all_(all), kept_(all.size(), true) {}

  // Patterns over ids.
  void keep_ids(std::string_view option, const std::vector<std::string>& patterns) {
    keep(option, as_found(patterns), fits_id);
  }
  template <typename Pattern>
  void keep(std::string_view option, const std::vector<Pattern>& patterns, const auto& fits) {
    if (patterns.empty()) return;
    std::vector<bool> matched(all_.size(), false);
    for (const Pattern& pattern : patterns)
      if (!mark(pattern, fits, matched))
        throw UsageError(std::string(option) + " " + std::string(text_of(pattern)) +
                         " matches no case");
    for (std::size_t i = 0; i < all_.size(); ++i) kept_[i] = kept_[i] && matched[i];
  }
  bool kept(const Case& each) const { return kept_[static_cast<std::size_t>(&each - all_.data())]; }

 private:
  static bool fits_id(const std::string& pattern, const Case& each) {
    return id_matches(pattern, each.id);
  }
  std::vector<std::string> as_found(std::vector<std::string> patterns) const {
    for (std::string& pattern : patterns) {
      const std::string inside = fmt::format("*{}*", pattern);
      const auto fits = [&](const Case& each) { return fits_id(pattern, each); };
      const auto holds = [&](const Case& each) { return fits_id(inside, each); };
      if (!pattern.empty() && std::ranges::none_of(all_, fits) && std::ranges::any_of(all_, holds))
        pattern = inside;
    }
    return patterns;
  }
  static std::string_view text_of(const std::string& pattern) { return pattern; }
  static std::string_view text_of(Level level) { return name_of(level); }

  bool mark(const auto& pattern, const auto& fits, std::vector<bool>& matched) const {
    bool any = false;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (!fits(pattern, all_[i])) continue;
      matched[i] = true;
      any = true;
    }
    return any;
  }

  const std::vector<Case>& all_;
  std::vector<bool> kept_;
};

}  // namespace

Selected select(std::vector<Case> cases, const Selection& selection) {
  Filter filter(cases);
  filter.keep_ids("--case", selection.cases);
  filter.keep("--section", selection.sections, fits_section);
  filter.keep("--level", selection.levels,
              [](Level level, const Case& each) { return each.level == level; });
  filter.keep("--autobahn", selection.autobahn, fits_autobahn);
  const auto has_side = [&](const Case& each) {
    return !selection.side || std::ranges::find(each.sides, *selection.side) != each.sides.end();
  };
  Filter excluded(cases);
  excluded.keep_ids("--exclude", selection.excluded);
  Filter excluded_autobahn(cases);
  excluded_autobahn.keep("--exclude-autobahn", selection.excluded_autobahn, fits_autobahn);
  const auto is_excluded = [&](const Case& each) {
    return (!selection.excluded.empty() && excluded.kept(each)) ||
           (!selection.excluded_autobahn.empty() && excluded_autobahn.kept(each));
  };
  Selected selected;
  for (Case& each : cases) {
    if (!filter.kept(each) || !has_side(each)) continue;
    if (is_excluded(each)) {
      ++selected.excluded;
    } else {
      selected.cases.push_back(std::move(each));
    }
  }
  if (selected.cases.empty()) throw UsageError("no case is left by these filters");
  return selected;
}

}  // namespace wsconform
