// Finds the limits of a live target: all searches side by side, a round of tries after the other, each on a fresh connection.
// A death is named with the size that brought it, and the target is brought back; what was found before is never lost.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "core/instant.h"
#include "reports/results/target_facts.h"
#include "runner/suite/batch.h"
#include "runner/suite/limit_probe.h"
#include "runner/suite/limit_search.h"
#include "runner/suite/target_keeper.h"

namespace wsconform {

struct LimitOptions {
  bool full = false;                         // intensity
  std::size_t jobs = 10;                     // connections at once
  Duration time = std::chrono::seconds(10);  // no round begins later
};

class LimitFinder {
 public:
  // `stopped` is asked between tries. All arguments outlive the finder.
  LimitFinder(TargetAccess& access, TargetKeeper& keeper, LimitOptions options,
              std::function<bool()> stopped);

  // Runs the loop until every search is over.
  void run();
  // From a handler on the loop: ends the searches with what they have.
  void cancel();
  // One for each quantity, in their order.
  std::vector<Fact> facts() const;

 private:
  struct Search {
    const LimitedQuantity* quantity = nullptr;
    LimitSearch search;
  };
  using Round = std::vector<Search*>;

  Round searches_under_way();
  // False: the target died in it, or may have.
  bool try_side_by_side(const Round& round);
  void try_one_by_one(const Round& round);
  std::vector<Finished> played(const std::vector<Case>& cases, std::size_t jobs);
  void stop_all(const std::string& why);

  TargetAccess& access_;
  TargetKeeper& keeper_;
  LimitOptions options_;
  std::function<bool()> stopped_;
  std::vector<Search> searches_;
  Batch* current_ = nullptr;
};

}  // namespace wsconform
