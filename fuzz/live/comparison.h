// Another endpoint that the same sessions are played against: what two endpoints do differently,
// but for what they always do differently. Neither has to be wrong.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "fuzz/live/finding.h"
#include "fuzz/live/session_player.h"

namespace wsconform {

class Comparison {
 public:
  // Both outlive it; `here` is the endpoint that is fuzzed.
  Comparison(SessionPlayer& here, SessionPlayer& there) : here_(here), there_(there) {}

  // Learns from a few sessions, most of them harmless, which pairs of reactions are quirks: from
  // now on they are no difference, whatever brings them.
  void learn_quirks();

  // Of each session that was played here; nullopt: the reactions are alike, a quirk, or one of
  // them cannot be told.
  std::vector<std::optional<Difference>> differences(const std::vector<PlayedSession>& trials,
                                                     TaskRunner::Breadth breadth);

 private:
  SessionPlayer& here_;
  SessionPlayer& there_;
  std::set<std::pair<std::string, std::string>> quirks_;
};

}  // namespace wsconform
