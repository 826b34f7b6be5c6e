// Which cases notice which planted defect: the proof that the suite sees, and that each case is
// needed.
#pragma once

#include <cstddef>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "server-under-test/defect.h"

namespace wsconform {

struct Case;

// What a case only tells (level may or observe) no defect can turn into a failure.
bool can_catch(const Case& each);

struct DefectTable {
  struct Row {
    const Defect* defect = nullptr;
    std::vector<std::string> catchers;  // ids in the order of the cases
    bool whole = true;                  // these are all; else there may be more
    bool spared = false;                // of the heavy cases there may be more
  };
  std::vector<Row> rows;  // in the order of the defects
  std::vector<std::string>
      unneeded;  // cases that can catch, and catch none of the defects: where all rows are whole and nothing was spared

  std::size_t uncaught() const;
  std::size_t caught_by_one() const;
};

struct DefectTableOptions {
  unsigned threads = 1;
  // A row ends at so many catchers: most defects have hundreds, and those that have fewer are
  // told just as well.
  std::size_t most_catchers = std::numeric_limits<std::size_t>::max();
  // Heavy cases (proof/rehearsal.h) take nearly all of the time: each is tried only where no other
  // catches.
  bool spares_heavy = false;
  std::function<void(std::size_t rows)> done = {};  // so many rows are; from any of the threads
};

// Tries the cases on every defect; none of them is null.
DefectTable defect_table(const std::vector<Case>& cases, std::span<const Defect* const> defects,
                         const DefectTableOptions& options);

}  // namespace wsconform
