// The one seam between those who decide about many cases and what carries cases out. Those who
// decide (TargetKeeper, probe, TaskRunner, LimitFinder, ResourceWatch, WatchedRun) have no sockets,
// clock or process of their own: they say what to play and are told what came. A run gives them a
// TcpStage; a test gives them one whose target is a table.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/instant.h"
#include "reports/results/case_result.h"
#include "runner/conversation/outcome.h"
#include "runner/conversation/pace.h"
#include "runner/process/process_usage.h"
#include "runner/target/target.h"

namespace wsconform {

struct Case;

// A case to be run, and which time of --repeat it is. The case outlives it.
struct Task {
  const Case* to_run = nullptr;
  int repetition = 1;

  bool operator==(const Task&) const = default;
};

// A case that was played to its end.
struct Finished {
  Task task{};
  CaseResult result{};
  Outcome outcome{};
  Instant at{};
  // Of an order that asks for it: the target read from the connection, let the deadline pass, and
  // then had nothing to do.
  bool silence_stands = false;
};

struct Order {
  std::vector<Task> tasks{};
  // More of them, asked for when all of these have begun, until there are none. Empty: none.
  std::function<std::vector<Task>()> more{};
  std::size_t jobs = 1;  // connections at once, at least 1
  // Asked after every result, the last of these; true ends the play: nothing more is started, what
  // is under way is given up. It may take some away, which the play does not give back then. Empty:
  // never.
  std::function<bool(std::vector<Finished>&)> ends{};
  std::size_t beside = 0;                  // silent connections, held open meanwhile
  std::optional<TargetProfile> profile{};  // in place of the stage's, with TLS or without
  std::size_t waiting = 0;     // connections more, while so many only wait for what does not come
  bool when_answered = false;  // and the target began to answer them: it is at work on none
  // Where the target's process is known, what a deadline ends stays open until the target rests, or
  // is busy though nothing goes on.
  bool awaits_rest = false;
  // Where the target's process is known, the play may end while some wait for what does not come,
  // no more than `waiting`, and the target has nothing to do. They go on beside later plays.
  bool leaves_waiting = false;
};

// Every task of an order is in one of the four.
struct Played {
  std::vector<Finished> finished{};  // in the order of their ends; without those taken meanwhile
  std::vector<Task> given_up{};      // were under way when the play was ended
  std::vector<Task> not_begun{};
  std::vector<Task> waiting{};  // are under way: see Stage::finish_waiting
  std::exception_ptr fault{};   // of the machine, which ended it; thrown where nothing finished
};

// What a target's process and those that it started use at an instant.
struct ProcessLook {
  pid_t root = -1;
  ProcessUsage usage{};
};

// A target that is a process of ours: see TargetProcess.
class OwnProcess {
 public:
  virtual ~OwnProcess() = default;
  virtual void start() = 0;  // again, where it was started before
  virtual bool started() const = 0;
  virtual bool running() = 0;
  virtual bool exits_within(Duration time) = 0;
  virtual std::string last_exit() const = 0;     // once it exited
  virtual std::string error_output() const = 0;  // its last lines, since its latest start
  virtual void forget_error_output() = 0;        // those until now are told no more
  // It, or one that it started, listens on its port; nullopt where that cannot be told.
  virtual std::optional<bool> listens() const = 0;
  // Where it does not run: somebody else has its port.
  virtual bool port_is_taken() const = 0;
  // Where it does not run: old connections still hold its port, for one that does not ask to share
  // it.
  virtual bool port_is_held() const = 0;
};

class Stage {
 public:
  virtual ~Stage() = default;

  // Plays until all is finished, or the play or the run was ended. Once the run was
  // stopped, nothing begins.
  virtual Played play(Order order) = 0;
  // Plays to their end those that orders left waiting; nothing where they left none.
  virtual Played finish_waiting() = 0;

  // Tries to connect at each address of the target's host; the first that takes it is where cases
  // are played from now on.
  virtual bool listens() = 0;
  // How many those addresses are; at which of them cases are played.
  virtual std::size_t addresses() const = 0;
  virtual std::size_t address() const = 0;
  virtual void move_to(std::size_t address) = 0;

  // Logs in wherever the profile says how: why it came to nothing, in a sentence. nullopt, too,
  // where nobody listens.
  virtual std::optional<std::string> login_fault() = 0;

  // nullptr: the target is somebody else's.
  virtual OwnProcess* process() = 0;
  // Of a process of ours that does not run: it is told another port from its next start on, and
  // cases go there. False: its port is fixed.
  virtual bool change_port() = 0;
  // nullopt where the target's process is not known, or gone.
  virtual std::optional<ProcessLook> look() = 0;
  // The most memory in the usage of looks to come begins anew.
  virtual void forget_peak() = 0;

  virtual Instant now() const = 0;
  // Returns at that instant, or once the run was stopped.
  virtual void wait_until(Instant then) = 0;
  // The run is to end: whoever decides asks it before whatever comes next.
  virtual bool stopped() const = 0;

  // Of the target: what is known of it, and the time it takes. Both outlive the stage.
  virtual const TargetProfile& profile() const = 0;
  virtual Pace& pace() = 0;
};

}  // namespace wsconform
