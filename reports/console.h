// What a run says while it goes on and when it ends.
//
// On a terminal one line is kept up to date and what matters is written above it. Elsewhere, as in
// CI, every line is written once and stays: one for the first case of each cause that is
// unexpected, and the summary, which tells the causes. Whatever comes from the target is made
// visible first (core/visible_text.h), so no byte of it can steer the terminal. Not safe to call
// from several threads at once.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <iosfwd>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "reports/results/cause.h"
#include "reports/results/verdict.h"

namespace wsconform {

struct CaseResult;
struct Fact;
struct Results;
struct Target;

struct ConsoleStyle {
  bool terminal = false;  // the progress line can be rewritten
  bool colour = false;
  int width = 80;        // columns
  bool verbose = false;  // a line for every case, passed ones too
};

// Asks the terminal behind the file descriptor, and the environment: NO_COLOR, TERM, COLUMNS.
ConsoleStyle console_style_of(int file_descriptor);

class Console {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  // `out` outlives the console.
  Console(std::ostream& out, ConsoleStyle style, Clock now = std::chrono::steady_clock::now);

  // `cases` is how many will be told to finished(), `excluded` how many the user left out.
  void begin(const Target& target, std::size_t cases, std::size_t excluded = 0);
  void finished(const CaseResult& result);
  // What the run waits for before the next result, in a few words: "the target to listen".
  // On a terminal it stands in the progress line until something else does; elsewhere
  // nothing is written.
  void waiting(std::string_view for_what);
  // A line of its own; made visible.
  void tell(std::string_view line);
  // Counts, the facts about the target, the causes of what is unexpected, the worst first, and the
  // files that reports were written to.
  void end(const Results& results, const std::vector<std::string>& report_paths = {});

 private:
  bool is_news(const CaseResult& result);
  void write_case(const CaseResult& result);
  void write_counts(const Results& results);
  void write_skipped(const Results& results);
  void write_facts(const std::vector<Fact>& facts);
  void write_causes(const Results& results);
  void write_unexpected(const Results& results);
  void write_progress();
  void clear_progress();
  std::string painted(Verdict verdict, std::string_view text) const;

  std::ostream& out_;
  ConsoleStyle style_;
  Clock now_;
  std::chrono::steady_clock::time_point began_{};
  std::chrono::steady_clock::time_point drawn_{};
  std::size_t cases_ = 0;
  std::size_t finished_ = 0;
  std::map<Verdict, std::size_t> counts_;
  std::set<Cause> told_;  // as they happened
  std::string latest_;
  bool progress_shown_ = false;
};

}  // namespace wsconform
