// Finds the limits of a live target: all searches side by side, a round of tries after the other,
// each on a fresh connection. A death is named with the size that brought it, and the target is
// brought back; what was found before is never lost.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/instant.h"
#include "reports/results/target_facts.h"
#include "runner/suite/limit_probe.h"
#include "runner/suite/limit_search.h"
#include "runner/suite/stage.h"
#include "runner/suite/target_keeper.h"

namespace wsconform {

struct Case;

struct LimitOptions {
  bool full = false;                         // intensity
  std::size_t jobs = 10;                     // connections at once
  Duration time = std::chrono::seconds(10);  // no round begins later
};

class LimitFinder {
 public:
  // All but the options outlive the finder. A run that is stopped ends the searches
  // with what they have.
  LimitFinder(Stage& stage, TargetKeeper& keeper, LimitOptions options,
              std::span<const LimitedQuantity> quantities = limited_quantities());

  // Plays until every search is over. Once.
  void run();
  // One for each quantity, in their order.
  std::vector<Fact> facts() const;

 private:
  struct Search {
    const LimitedQuantity* quantity = nullptr;
    LimitSearch search;
    Duration latest{};  // that a try with nothing beside it took
    Duration before{};  // and the one before that
    // Its round took long: each try shows what it takes, until they are short.
    bool by_itself = false;
  };
  using Round = std::vector<Search*>;

  Round searches_under_way();
  void try_together(const Round& round);
  // False: the target died in it, or may have.
  bool try_side_by_side(const Round& round);
  void try_one_by_one(const Round& round);
  static Duration expected(const Search& search);
  // What came, and how long it took beyond a handshake of no size.
  struct Tries {
    std::vector<Finished> ended{};
    Duration took{};
  };
  Tries played(const std::vector<Case>& cases, std::size_t jobs);
  void stop_all(const std::string& why);

  Stage& stage_;
  TargetKeeper& keeper_;
  LimitOptions options_;
  std::vector<Search> searches_;
  Duration handshake_ = Duration::max();  // the shortest so far
};

}  // namespace wsconform
