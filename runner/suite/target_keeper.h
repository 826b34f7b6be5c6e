// Keeps the target of a run alive: starts it where it is a process of ours, finds out that it died
// and how, brings it back.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "runner/suite/stage.h"

namespace wsconform {

class TargetKeeper {
 public:
  // Why the target did not become reachable.
  struct NotReached {
    std::string why;          // one sentence, and what the process said
    bool port_taken = false;  // it ended, and somebody else has the port that it was to listen on
  };

  static constexpr Duration usual_work = std::chrono::seconds(8);

  // The stage outlives it. Its end of the run ends every wait. `longest_work`: what a single
  // request is worth.
  explicit TargetKeeper(Stage& stage, Duration longest_work = usual_work)
      : stage_(stage), longest_work_(longest_work) {}

  // The first start, unless the process was started before; nullopt where it can be reached.
  std::optional<NotReached> start();
  // After a death: true once it can be reached again; one of somebody else's once it answers.
  bool revive();
  // A process of ours has exited. Asks nothing of the target.
  bool exited();
  // It has exited, or takes no connection where it is somebody else's, after so long at most.
  bool is_gone_within(Duration time);

  // What is known of the target before a play.
  struct Before {
    Instant at{};
    std::optional<ProcessLook> look{};
  };
  Before before_play() const { return {stage_.now(), stage_.look()}; }
  struct Death {
    std::string how{};   // "" of one of somebody else's that takes no connection
    bool hangs = false;  // it is there, and does not answer
    // Of one that hangs: its process was seen, and rested, or had a CPU for half of the time since
    // the play began, or of what a request is worth. So it was not the machine that held it up.
    bool seen = false;
  };
  // It was cut off, and answers no fresh connection, or is gone a moment later.
  bool is_dying();
  // Asks a fresh connection: how the target ended where it does not answer, nullopt where it lives,
  // or the run was stopped meanwhile.
  // The silence since the play began counts; of one that is seen to be at work, less is enough.
  std::optional<Death> death(const Before& play) { return death_within(longest_work_, play); }
  std::optional<Death> death() { return death(before_play()); }
  // The same where a hang was seen already: one question more is enough.
  std::optional<Death> death_again(const Before& play) {
    return death_within(Duration::zero(), play);
  }
  // What a process of ours wrote while it started is none of its last words.
  void hear_no_banner();
  // The last lines that a process of ours wrote before it ended, without what lets in.
  std::string last_words() const;

 private:
  std::optional<Death> death_within(Duration silence, const Before& play);
  bool exits_within(Duration time);
  bool reach(Duration limit, const std::function<bool()>& hopeless);
  bool reach_started();
  bool came_up();
  void free_its_port();
  bool answers_again();

  Stage& stage_;
  Duration longest_work_{};
};

}  // namespace wsconform
