#include "runner/casebook/known_failing.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/http_head.h"
#include "core/visible_text.h"
#include "reports/results/cause_words.h"
#include "reports/results/causes.h"
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

constexpr std::string_view of_a_cause = "cause:";

bool fails(const CaseResult& result) {
  return result.verdict == Verdict::fail;
}

bool judged(const CaseResult& result) {
  return result.verdict != Verdict::skipped && result.verdict != Verdict::error;
}

// It names something that fails, or may where it did not run, and nothing that does not.
bool still_true(const KnownFailing::Entry& entry, const std::vector<std::string>& all_ids,
                const Results& results, bool whole) {
  const auto named = [&](const CaseResult& each) { return entry.names(each); };
  if (entry.names_cause()) return !whole || std::ranges::any_of(results.cases, named);
  return names_any(entry, all_ids) && std::ranges::none_of(results.cases, [&](const auto& each) {
           return judged(each) && !fails(each) && named(each);
         });
}

}  // namespace

bool KnownFailing::Entry::names_cause() const {
  return glob.starts_with(of_a_cause);
}

bool KnownFailing::Entry::names(const CaseResult& result) const {
  if (!names_cause()) return id_matches(glob, result.id);
  return fails(result) && of_a_cause.size() + key_of(result.cause).size() == glob.size() &&
         glob.ends_with(key_of(result.cause));
}

const KnownFailing::Entry* KnownFailing::entry_for(const CaseResult& result) const {
  const auto found =
      std::ranges::find_if(entries, [&](const Entry& entry) { return entry.names(result); });
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
  const KnownFailing::Entry* entry = expected.known_failing.entry_for(result);
  result.known_failing = entry == nullptr ? "" : entry->reason;
  const bool excused = entry != nullptr;
  const bool is_judged = result.verdict != Verdict::skipped;
  result.unexpected = result.verdict == Verdict::error || (is_judged && fails(result) != excused) ||
                      (expected.strict && result.verdict == Verdict::lenient);
  if (!expected.baseline) return;
  const auto worse = expected.baseline->got_worse(result.id, result.verdict, expected.strict);
  if (worse) result.unexpected = *worse && !(fails(result) && excused);
}

std::vector<std::string> dead_entries(const KnownFailing& list,
                                      const std::vector<std::string>& all_ids,
                                      const std::vector<CaseResult>& ran, bool whole) {
  std::vector<std::string> dead;
  for (const KnownFailing::Entry& entry : list.entries) {
    const bool lives = entry.names_cause()
                           ? !whole || std::ranges::any_of(
                                           ran, [&](const auto& each) { return entry.names(each); })
                           : names_any(entry, all_ids);
    if (!lives) dead.push_back(entry.glob);
  }
  return dead;
}

KnownFailing updated(const KnownFailing& list, const std::vector<std::string>& all_ids,
                     const Results& results, bool whole) {
  KnownFailing made{.heading = list.heading, .entries = {}};
  for (const KnownFailing::Entry& entry : list.entries)
    if (still_true(entry, all_ids, results, whole))
      made.entries.push_back({entry.glob, entry.reason});
  for (const CauseGroup& group : causes_of(results)) {
    for (const CaseResult* each : group.cases) {
      if (!fails(*each) || made.entry_for(*each) != nullptr) continue;
      const KnownFailing::Entry* before = list.entry_for(*each);
      made.entries.push_back(
          {std::string(of_a_cause) + key_of(group.cause),
           before == nullptr ? one_line(words_for(group, results).title) : before->reason});
    }
  }
  std::ranges::sort(made.entries, {}, &KnownFailing::Entry::glob);
  return made;
}

std::string words(const KnownFailing& list) {
  std::string text = list.heading;
  for (const KnownFailing::Entry& each : list.entries)
    text.append(each.glob).append("  # ").append(each.reason).append("\n");
  return text;
}

}  // namespace wsconform
