// A whole run against one target over TCP or TLS, on an Asio loop: RunCourse on a TcpStage, on
// further ones where the target can be started more than once, with the clock that ends it
// (--max-time) and whoever interrupts it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "reports/results/results.h"
#include "runner/process/target_process.h"
#include "runner/suite/run_course.h"
#include "runner/suite/stop_sign.h"
#include "runner/suite/tcp_instances.h"
#include "runner/suite/tcp_stage.h"
#include "runner/target/target.h"

namespace wsconform {

struct Case;

class SuiteRun {
 public:
  struct Observer {
    // What is known before the first case, and how many will be told to `finished`.
    std::function<void(const Results&, std::size_t cases)> begun;
    std::function<void(CaseResult&)> finished;  // may add what it was expected to be
    // As in RunCourse::Hooks.
    std::function<void(std::string_view for_what)> waits{};
  };

  // `process` may be null: the target is somebody else's. Loop and process outlive the run.
  // Preconditions: jobs and repeat are at least 1.
  SuiteRun(boost::asio::io_context& loop, TargetProfile profile, RunOptions options,
           TargetProcess* process, Observer observer);

  // Runs every case so often as `repeat` says. Once. Throws TargetUnreachable, MachineFault and
  // std::bad_alloc before the first case; where the machine gives out later, the run ends with what
  // it has.
  Results run(const std::vector<Case>& cases);
  // From a handler on the loop: the run ends with what it has.
  void interrupt() { stop_.raise({Stop::Kind::interrupted}); }

 private:
  void end_by(Instant then);
  void give_up_what_is_under_way();

  boost::asio::io_context& loop_;
  TargetProfile profile_;
  RunOptions options_;
  TargetProcess* process_ = nullptr;
  Observer observer_;
  Pace pace_;
  boost::asio::steady_timer time_;  // --max-time
  StopSign stop_;
  std::optional<TcpStage> stage_;
  std::optional<TcpInstances> further_;  // where it can be started more than once
  // As long as this lives, what was posted on the loop is of use.
  std::shared_ptr<bool> lives_ = std::make_shared<bool>(true);
};

}  // namespace wsconform
