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

  // The stage outlives it. Its end of the run ends every wait.
  explicit TargetKeeper(Stage& stage) : stage_(stage) {}

  // The first start, unless the process was started before; nullopt where it can be reached.
  std::optional<NotReached> start();
  // After a death: true once it can be reached again; one of somebody else's once it answers.
  bool revive();
  // A process of ours has exited. Asks nothing of the target.
  bool exited();
  // It has exited, or takes no connection where it is somebody else's, after so long at most.
  bool is_gone_within(Duration time);
  // Asks a fresh connection: how the target ended where it does not answer, nullopt where it lives.
  // "" of one of somebody else's that takes no connection.
  std::optional<std::string> death() { return death_within(longest_work); }
  // The same where a hang was seen already: one question more is enough.
  std::optional<std::string> death_again() { return death_within(Duration::zero()); }
  // What a process of ours wrote while it started is none of its last words.
  void hear_no_banner();
  // The last lines that a process of ours wrote before it ended, without what lets in.
  std::string last_words() const;

 private:
  static constexpr Duration longest_work =
      std::chrono::seconds(6);  // that a single request is worth
  std::optional<std::string> death_within(Duration time);
  bool exits_within(Duration time);
  bool reach(Duration limit, const std::function<bool()>& hopeless);
  bool reach_started();
  bool came_up();
  void free_its_port();
  bool answers_again();

  Stage& stage_;
};

}  // namespace wsconform
