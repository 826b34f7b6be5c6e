// Looks at the processes of a target from beside it: what they use before and after a stretch of cases, and whether they come
// to rest.
#pragma once

#include <sys/types.h>

#include <boost/asio/io_context.hpp>
#include <functional>
#include <optional>
#include <vector>

#include "reports/results/target_facts.h"
#include "runner/process/process_usage.h"
#include "runner/suite/spent.h"

namespace wsconform {

class ResourceWatch {
 public:
  // `root` gives the process, below zero where there is none at the moment; `stopped` ends every wait; `until_spinning` as
  // in Idleness.
  ResourceWatch(boost::asio::io_context& loop, std::function<pid_t()> root,
                std::function<bool()> stopped, Duration until_spinning);

  // Before the first case: a target that is busy by itself is not told from one that spins.
  void begin_run();
  void end_run();

  // A stretch begins. end_stretch waits, on the loop, until the target rests or is found to spin; nullopt where the process
  // is not the same any more.
  void begin_stretch();
  std::optional<Spent> end_stretch();

  // From now on no stretch waits for the target's rest, and none finds it to spin.
  void expect_no_rest() { rests_ = false; }

  // A fact: the target went on using a whole core after the cases before.
  void tell_unrest() { unrest_ = true; }

  std::vector<Fact> facts() const;

 private:
  struct Look {
    pid_t root = -1;
    ProcessUsage usage;
  };
  std::optional<Look> look();
  void wait_until(Instant then);

  boost::asio::io_context& loop_;
  std::function<pid_t()> root_;
  std::function<bool()> stopped_;
  std::optional<Look> before_run_;
  std::optional<Look> after_run_;
  std::optional<Look> before_;
  std::uint64_t peak_ = 0;
  Duration until_spinning_;
  bool busy_by_itself_ = false;
  bool rests_ = true;
  bool unrest_ = false;
};

}  // namespace wsconform
