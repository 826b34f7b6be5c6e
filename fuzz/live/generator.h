// Sessions from a seed: those of the cases first, known attacks before all others, and of each
// entry of a case file one before the second of any; then mostly legal ones with a fault at a place
// that was tried least, and changes of what brought something new. The same seed and the same
// answers give the same sessions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "fuzz/live/live_session.h"
#include "fuzz/live/random.h"
#include "fuzz/live/reading.h"
#include "runner/target/target.h"

namespace wsconform {

class Generator {
 public:
  // The target need not outlive it. `seeds` for it: those whose needs it lacks, or that send what
  // it does not take, are left out.
  Generator(Seeds seeds, const TargetProfile& target, std::uint64_t seed);

  // Never ends; each is whole (make_whole in oracle.h).
  LiveSession next();
  // What came of one: true where that was new, and the session is built upon from now on.
  bool learn(const LiveSession& session, const Reading& reading, const std::string& reaction);

  // Of stimulus and reaction at a place: how many were seen.
  std::size_t triples() const { return seen_.size(); }
  // Whether the next one is a known attack.
  bool attacks() const { return seeds_.size() > others_; }
  // Sessions of the cases that suit the target.
  std::size_t seeds() const { return pool_.size(); }
  // How often what breaks a rule was answered, by place; behind our Close, what would break
  // it if it counted.
  const std::array<std::array<std::uint64_t, violation_count>, place_count>& tried() const {
    return tried_;
  }

 private:
  void give_next(SeedsByEntry seeds);
  LiveSession fresh();
  LiveSession changed();
  bool suits(const LiveSession& session) const;

  Random random_;
  bool deflates_ = false;
  std::set<std::string> features_;
  std::set<Opcode> refuses_;
  std::vector<LiveSession> seeds_;  // those still to be given, the next last
  std::size_t others_ = 0;          // of them, at the front, those that are no attacks
  std::vector<LiveSession> pool_;   // all that may be crossed with
  std::vector<LiveSession> kept_;
  std::set<std::string> seen_;
  std::array<std::array<std::uint64_t, violation_count>, place_count> tried_{};
};

}  // namespace wsconform
