// What deadlines judged, sorted by what was awaited and what came: where many are of one kind, a
// few are enough to ask again whether it was the target's answer or a moment in which it was busy.
#pragma once

#include <vector>

#include "runner/suite/stage.h"

namespace wsconform {

struct DeadlineKind {
  std::vector<Finished> speakers{};  // to be played again: all of a small kind
  std::vector<Finished> others{};    // stand if every speaker is judged by a deadline again
};

// Cases of one file that awaited the same and got the same are of one kind. Each result is in one
// of them, once; the kinds and what is in them are in the order of the results.
std::vector<DeadlineKind> kinds_of(std::vector<Finished> timed_out);

// Kinds whose speakers were all judged by a deadline again: what comes of such a kind later stands.
class SettledKinds {
 public:
  // `speaker` speaks for its kind.
  void settle(const Finished& speaker);
  bool settled(const Finished& ended) const;

 private:
  std::vector<Finished> speakers_;  // one of each kind
};

}  // namespace wsconform
