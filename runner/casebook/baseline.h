// An earlier run of the same target: what is no worse than it was then is expected now.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "reports/results/verdict.h"

namespace wsconform {

struct Results;

class Baseline {
 public:
  // Of a case that was repeated its worst verdict counts.
  explicit Baseline(const Results& earlier);

  // Nothing where the earlier run did not have the case. An error is worse than a fail, and both
  // than all else, which is alike; `strict`: lenient lies between. Where the earlier run came to no
  // verdict, nothing is worse.
  std::optional<bool> got_worse(std::string_view id, Verdict now, bool strict = false) const;

 private:
  std::map<std::string, Verdict, std::less<>> verdicts_;
};

}  // namespace wsconform
