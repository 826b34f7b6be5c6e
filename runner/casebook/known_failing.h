// The list of what a target is known to fail: a line is a pattern over ids (see
// runner/input/glob.h),
// or "cause:" and the key of a cause, and a reason, "glob  # reason" or "glob reason". Empty lines
// and lines that begin with # are comments.
//
// These cases still run. An entry excuses a fail; a case that a pattern names and that does not
// fail any more is an unexpected result. So is an entry that names nothing: no case there is, or a
// cause that nothing of a whole run goes back to.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runner/casebook/baseline.h"

namespace wsconform {

struct CaseResult;
struct Results;

struct KnownFailing {
  struct Entry {
    std::string glob;  // or "cause:invalid-utf8:accepted"
    std::string reason;
    std::size_t line = 0;

    bool names_cause() const;
    // A pattern names all that come of its cases, a cause only what fails.
    bool names(const CaseResult& result) const;
  };
  std::string heading;  // the comment before the first entry, its line ends included
  std::vector<Entry> entries;

  // The first entry that names what came of a case; nullptr where none does.
  const Entry* entry_for(const CaseResult& result) const;
};

// `path` is only told in messages. Throws InputError for an entry without a reason.
KnownFailing parse_known_failing(const std::string& path, std::string_view text);
// Throws InputError also where the file cannot be read.
KnownFailing load_known_failing(const std::filesystem::path& path);

// What a run is expected to come to.
struct Expectations {
  KnownFailing known_failing{};
  bool strict = false;                 // a lenient verdict is unexpected too
  std::optional<Baseline> baseline{};  // what is no worse is expected
};

// Sets `known_failing` and `unexpected` of a result: the one place where it is decided what counts
// against exit code 0. A fail is unexpected unless the list excuses it, what the list names and is
// judged otherwise too, an error always. Of a case that the baseline has, only what is worse is
// unexpected, and not excused by the list.
void judge_by(const Expectations& expected, CaseResult& result);

// Entries that name nothing: patterns that match none of `all_ids`, those of all cases there
// are, not only of those that ran; and causes that no fail goes back to, which only a run of
// all cases can tell.
std::vector<std::string> dead_entries(const KnownFailing& list,
                                      const std::vector<std::string>& all_ids,
                                      const std::vector<CaseResult>& ran, bool whole);

// The list as these results want it, sorted. Entries that stand for fails only are kept, patterns
// for cases that did not run too, causes where not all ran. Every other fail is named by its cause,
// with the reason that it had or else the words of the cause.
KnownFailing updated(const KnownFailing& list, const std::vector<std::string>& all_ids,
                     const Results& results, bool whole);
// As it stands in a file: the heading, then a line for each entry.
std::string words(const KnownFailing& list);

}  // namespace wsconform
