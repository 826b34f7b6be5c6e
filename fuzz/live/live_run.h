// A live endpoint fuzzed: rounds of sessions side by side, what is new built upon, what is not
// allowed confirmed, minimised and told. A machine over the stage: it has no socket, process or
// clock of its own.
//
// Where it is compared with another endpoint, what is allowed at both and differs is
// followed up alike.
//
// Beside what a session shows, a round shows more: the target died or hung by one of them (found as
// a run finds it, and of a death that no single session brings again the fewest that bring it
// together), a bystander on a connection of its own is not served any more, and what the target
// spends is out of proportion.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fuzz/live/comparison.h"
#include "fuzz/live/finding.h"
#include "fuzz/live/generator.h"
#include "fuzz/live/minimising.h"
#include "fuzz/live/session_player.h"
#include "runner/suite/resource_watch.h"
#include "runner/suite/stage.h"
#include "runner/suite/stop_sign.h"
#include "runner/suite/target_keeper.h"
#include "runner/suite/task_runner.h"

namespace wsconform {

struct Case;

struct LiveOptions {
  Duration time = std::chrono::seconds(60);
  std::optional<std::uint64_t> count{};  // sessions
  std::optional<std::uint64_t> bytes{};  // sent in frames
  std::optional<double> rate{};          // sessions a second, at most
  std::size_t jobs = 32;                 // connections at once
  std::size_t waiting = 0;               // so many more, while they only wait
  bool strict = false;                   // what is lenient is a finding, too
};

// How far it was at an instant of the run.
struct LivePoint {
  double seconds = 0;
  std::uint64_t sessions = 0;
  std::size_t triples = 0;
  std::size_t findings = 0;
};

struct LiveResults {
  std::uint64_t sessions = 0;
  std::uint64_t bytes = 0;
  double seconds = 0;
  std::vector<Finding> findings{};
  std::vector<std::string> flaky{};        // names of causes that did not come three times more
  std::vector<std::string> unconfirmed{};  // of those that the run had no time to ask for again
  std::vector<LivePoint> points{};
};

class LiveRun {
 public:
  struct Observer {
    std::function<void(Finding&)> found{};  // may note where it is kept
    std::function<void(const LiveResults&)> progress{};
  };

  // Whom it has besides: each may be null, and outlives the run.
  struct Beside {
    ResourceWatch* watch = nullptr;  // of the target's process
    Comparison* against = nullptr;   // with another endpoint
  };
  // All but the options and the observer outlive the run. `player` plays at the stage.
  LiveRun(Stage& stage, TargetKeeper& keeper, StopSign& stop, SessionPlayer& player,
          Generator& generator, Beside beside, LiveOptions options, Observer observer);

  // Until a bound is reached or the run is stopped. Once.
  LiveResults run();

 private:
  bool over() const;
  // Connections at once.
  TaskRunner::Breadth breadth() const;
  std::size_t round_size() const;
  void round();
  // The bystander is beside them where there is room.
  std::vector<PlayedSession> play(const std::vector<LiveSession>& sessions,
                                  TaskRunner::Breadth breadth);
  // Of each: what is not allowed, else what the two endpoints differ in.
  std::vector<std::optional<FindingCause>> causes_in(const std::vector<PlayedSession>& trials);
  void keep_pace() const;
  void look_at(const std::vector<PlayedSession>& trials);
  void look_into(const PlayedSession& trial, const FindingCause& cause);
  void follow_leads();
  void follow_next_lead();
  bool bystander_dropped() const;  // in the latest play
  void look_beside(const std::vector<PlayedSession>& trials, bool dropped);
  static bool out_of_proportion(const Spent& spent, const std::vector<LiveSession>& sessions);
  void look_at_spending();
  void note_point();

  void pursue(const PlayedSession& trial, const FindingCause& cause);
  // In a sentence, of the last time that it came; nullopt: it did not each time.
  std::optional<std::string> reason_again(const LiveSession& session, const FindingCause& cause);
  std::vector<PlayedSession> play_again(const LiveSession& session, const FindingCause& cause);
  LiveSession made_smaller(const LiveSession& session, const FindingCause& cause);
  // Of what several sessions bring about together, by the name of what came instead.
  struct Shown {
    std::string instead;
    std::string reason;  // a sentence
    bool side_by_side = true;
  };
  void pursue_together(std::vector<LiveSession> sessions, const Shown& what, const Together& show);
  void tell(Finding finding);
  bool restarted();

  Stage& stage_;
  TargetKeeper& keeper_;
  StopSign& stop_;
  SessionPlayer& player_;
  Generator& generator_;
  ResourceWatch* watch_ = nullptr;
  Comparison* against_ = nullptr;
  LiveOptions options_;
  Observer observer_;
  Instant began_{};
  LiveResults results_;
  std::map<FindingCause, std::size_t> known_;  // index into the findings; past them: flaky
  Case bystander_;
  // Seen, and not played again yet: to do so takes long where the target answers by silence, and
  // others are found meanwhile.
  struct Lead {
    PlayedSession trial;
    FindingCause cause;
  };
  std::deque<Lead> leads_;
  Duration spent_on_leads_{};
  std::vector<LiveSession> history_;  // since the target started, the latest alone
  std::vector<LiveSession> stretch_;  // since its processes were looked at
  Instant looked_{};
  pid_t root_ = -1;
  bool died_ = false;  // the target, by what was sent
};

}  // namespace wsconform
