// The list of cases that a target is known to fail: a line is a pattern over ids (see
// runner/input/glob.h) and a reason, "glob  # reason" or "glob reason". Empty lines and lines that
// begin with # are comments.
//
// These cases still run. An entry excuses a fail; a case that it names and that does not fail any
// more is an unexpected result, as is an entry that names no case.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace wsconform {

struct CaseResult;
struct Results;

struct KnownFailing {
  struct Entry {
    std::string glob;
    std::string reason;
    std::size_t line = 0;
  };
  std::string heading;  // the comment before the first entry, its line ends included
  std::vector<Entry> entries;

  // The first entry that names the case; nullptr where none does.
  const Entry* entry_for(std::string_view id) const;
};

// `path` is only told in messages. Throws InputError for an entry without a reason.
KnownFailing parse_known_failing(const std::string& path, std::string_view text);
// Throws InputError also where the file cannot be read.
KnownFailing load_known_failing(const std::filesystem::path& path);

// What a run is expected to come to.
struct Expectations {
  KnownFailing known_failing{};
  bool strict = false;  // a lenient verdict is unexpected too
};

// Sets `known_failing` and `unexpected` of a result: the one place where it is decided what counts against exit code 0.
// A fail is unexpected unless the list excuses it, what the list names and is judged otherwise too, an error always.
void judge_by(const Expectations& expected, CaseResult& result);

// Patterns that name none of `all_ids`: those of all cases there are, not only of those that ran.
std::vector<std::string> dead_entries(const KnownFailing& list,
                                      const std::vector<std::string>& all_ids);

// The list as these results want it, sorted: cases that fail, each with the reason that it had, or
// else the result's own. Patterns that stand for failing cases only are kept, entries for cases
// that did not run too.
std::string updated(const KnownFailing& list, const std::vector<std::string>& all_ids,
                    const Results& results);

}  // namespace wsconform
