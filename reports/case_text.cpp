#include "reports/case_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/visible_text.h"
#include "reports/results/results.h"

namespace wsconform {
namespace {

class Lines {
 public:
  void add(std::string_view label, std::string_view text) {
    if (!text.empty()) fmt::format_to(std::back_inserter(text_), "{}: {}\n", label, visible(text));
  }

  void add_list(std::string_view label, const std::vector<std::string>& items) {
    if (items.empty()) return;
    add_heading(label);
    for (const std::string& item : items) add_item(item);
  }

  void add_heading(std::string_view label) {
    fmt::format_to(std::back_inserter(text_), "{}:\n", label);
  }

  void add_item(std::string_view item) {
    fmt::format_to(std::back_inserter(text_), "  {}\n", visible(item));
  }

  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

std::string in_a_row(const std::vector<std::string>& items) {
  return fmt::format("{}", fmt::join(items, ", "));
}

std::string_view arrow_of(WireEntry::Direction direction) {
  switch (direction) {
    case WireEntry::Direction::sent:
      return "->";
    case WireEntry::Direction::received:
      return "<-";
    case WireEntry::Direction::event:
      return "--";
  }
  return "--";
}

void add_wire(Lines& lines, const CaseResult& result) {
  if (result.wire.empty()) return;
  lines.add_heading("on the wire");
  const bool several = std::ranges::any_of(
      result.wire, [](const WireEntry& entry) { return entry.connection != 0; });
  for (const WireEntry& entry : result.wire) {
    const std::string connection = several ? fmt::format(" #{}", entry.connection + 1) : "";
    lines.add_item(fmt::format("{:>10.2f} ms{}  {} {}{}", entry.at_ms, connection,
                               arrow_of(entry.direction), entry.says,
                               entry.violation.empty() ? "" : "  breaks " + entry.violation));
  }
  if (result.wire_left_out > 0) lines.add_item(fmt::format("and {} more", result.wire_left_out));
}

}  // namespace

Outcome outcome_of(const CaseResult& result) {
  const bool listed = !result.known_failing.empty();
  switch (result.verdict) {
    case Verdict::fail:
      return listed && !result.unexpected ? Outcome::known_failing : Outcome::failed;
    case Verdict::error:
      return listed && !result.unexpected ? Outcome::known_failing : Outcome::errored;
    case Verdict::skipped:
      return result.unexpected ? Outcome::failed : Outcome::skipped;
    default:
      return result.unexpected ? Outcome::failed : Outcome::passed;
  }
}

std::string slug_of(const CaseResult& result) {
  std::string_view slug = result.id;
  if (slug.starts_with(result.section + "/")) slug.remove_prefix(result.section.size() + 1);
  if (result.repetition == 1) return visible(slug);
  return fmt::format("{} (repetition {})", visible(slug), result.repetition);
}

std::string reason_in_full(const CaseResult& result) {
  std::string reason = visible(result.reason);
  if (result.known_failing.empty()) return reason;
  const std::string known = visible(result.known_failing);
  if (outcome_of(result) == Outcome::known_failing) {
    return fmt::format("{} Known failing: {}", reason, known);
  }
  return fmt::format("{} The known-failing list names this case: {}", reason, known);
}

std::string case_in_words(const CaseResult& result) {
  Lines lines;
  lines.add("case", result.id);
  lines.add("says", result.says);
  lines.add("level", name_of(result.level));
  lines.add("verdict", name_of(result.verdict));
  if (result.at_fault != AtFault::nobody) lines.add("at fault", name_of(result.at_fault));
  lines.add("reason", result.reason);
  lines.add("expected", result.expected);
  lines.add("received", result.received);
  lines.add("why judged so", result.because);
  lines.add("known failing", result.known_failing);
  lines.add_list("notes", result.notes);
  lines.add_list("script", result.script);
  lines.add("requirements", in_a_row(result.requirements));
  lines.add("Autobahn", in_a_row(result.autobahn));
  add_wire(lines, result);
  return lines.take();
}

std::vector<Section> sections_of(const Results& results) {
  std::vector<Section> sections;
  for (const CaseResult& result : results.cases) {
    auto found = std::ranges::find(sections, result.section, &Section::name);
    if (found == sections.end()) found = sections.insert(found, {result.section, {}});
    found->cases.push_back(&result);
  }
  return sections;
}

std::string title_of(const Results& results) {
  return visible(results.target.name.empty() ? results.target.url : results.target.name);
}

}  // namespace wsconform
