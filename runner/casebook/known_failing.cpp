#include "runner/casebook/known_failing.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/ascii.h"
#include "core/http_head.h"
#include "core/visible_text.h"
#include "reports/results/results.h"
#include "runner/input/glob.h"
#include "runner/input/input_error.h"
#include "runner/input/text_file.h"

namespace wsconform {
namespace {

constexpr std::size_t max_size = 4 * 1024 * 1024;  // bytes

bool names_any(const KnownFailing::Entry& entry, const std::vector<std::string>& ids) {
  return std::ranges::any_of(ids,
                             [&](const std::string& id) { return id_matches(entry.glob, id); });
}

std::string one_line(std::string_view text) {
  std::string line = visible(text);
  return line.empty() ? "fails" : line;
}

KnownFailing::Entry read_entry(const std::string& path, std::string_view text, std::size_t line) {
  const auto end = std::min(text.find_first_of(" \t"), text.size());
  std::string_view reason = trim(text.substr(end));
  if (reason.starts_with('#')) reason = trim(reason.substr(1));
  if (reason.empty())
    throw InputError(path, line, "", "gives no reason: write \"pattern  # reason\"");
  return {std::string(text.substr(0, end)), std::string(reason), line};
}

// What the runs of each case came to, several with --repeat: the worst counts.
std::map<std::string, const CaseResult*> failing_cases(const Results& results) {
  std::map<std::string, const CaseResult*> failing;
  for (const CaseResult& each : results.cases)
    if (each.verdict == Verdict::fail) failing.emplace(each.id, &each);
  return failing;
}

}  // namespace

const KnownFailing::Entry* KnownFailing::entry_for(std::string_view id) const {
  const auto found =
      std::ranges::find_if(entries, [&](const Entry& entry) { return id_matches(entry.glob, id); });
  return found == entries.end() ? nullptr : &*found;
}

KnownFailing parse_known_failing(const std::string& path, std::string_view text) {
  KnownFailing list;
  std::size_t line = 0;
  while (!text.empty()) {
    ++line;
    const auto size = text.find('\n');
    const std::string_view raw = text.substr(0, size);
    text.remove_prefix(size == text.npos ? text.size() : size + 1);
    const std::string_view content =
        trim(raw.ends_with('\r') ? raw.substr(0, raw.size() - 1) : raw);
    if (content.starts_with('#')) {
      if (list.entries.empty()) list.heading += std::string(content) + "\n";
    } else if (!content.empty()) {
      list.entries.push_back(read_entry(path, content, line));
    }
  }
  return list;
}

KnownFailing load_known_failing(const std::filesystem::path& path) {
  return parse_known_failing(path.string(), read_text_file(path, max_size));
}

void judge_by(const Expectations& expected, CaseResult& result) {
  const KnownFailing::Entry* entry = expected.known_failing.entry_for(result.id);
  result.known_failing = entry == nullptr ? "" : entry->reason;
  const bool fails = result.verdict == Verdict::fail;
  const bool excused = entry != nullptr;
  const bool judged = result.verdict != Verdict::skipped;
  result.unexpected = result.verdict == Verdict::error || (judged && fails != excused) ||
                      (expected.strict && result.verdict == Verdict::lenient);
}

std::vector<std::string> dead_entries(const KnownFailing& list,
                                      const std::vector<std::string>& all_ids) {
  std::vector<std::string> dead;
  for (const KnownFailing::Entry& entry : list.entries)
    if (!names_any(entry, all_ids)) dead.push_back(entry.glob);
  return dead;
}

std::string updated(const KnownFailing& list, const std::vector<std::string>& all_ids,
                    const Results& results) {
  const auto failing = failing_cases(results);
  std::vector<std::string> ran;
  for (const CaseResult& each : results.cases)
    if (each.verdict != Verdict::skipped && each.verdict != Verdict::error) ran.push_back(each.id);

  std::map<std::string, std::string> lines;  // pattern, reason
  std::set<std::string> covered;
  for (const KnownFailing::Entry& entry : list.entries) {
    const bool still_true = std::ranges::all_of(ran, [&](const std::string& id) {
      return !id_matches(entry.glob, id) || failing.contains(id);
    });
    if (!still_true || !names_any(entry, all_ids)) continue;
    lines.emplace(entry.glob, entry.reason);
    for (const auto& [id, result] : failing)
      if (id_matches(entry.glob, id)) covered.insert(id);
  }
  for (const auto& [id, result] : failing) {
    if (covered.contains(id)) continue;
    const KnownFailing::Entry* entry = list.entry_for(id);
    lines.emplace(id, entry == nullptr ? one_line(result->reason) : entry->reason);
  }
  std::string text = list.heading;
  for (const auto& [glob, reason] : lines)
    text.append(glob).append("  # ").append(reason).append("\n");
  return text;
}

}  // namespace wsconform
