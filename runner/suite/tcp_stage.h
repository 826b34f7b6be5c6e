// The stage of a real run: cases go out over TCP or TLS, on an Asio loop; the target may be
// a process of ours.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runner/process/target_process.h"
#include "runner/suite/batch.h"
#include "runner/suite/stage.h"
#include "runner/suite/stop_sign.h"

namespace wsconform {

class TcpStage : public Stage {
 public:
  // `process` may be null: the target is somebody else's, of which `pid` may be known (below zero:
  // it is not). All that is referred to outlives the stage; where the target's port changes, the
  // profile tells it. Looks up the target's host: throws TargetUnreachable.
  TcpStage(boost::asio::io_context& loop, TargetProfile& profile, Pace& pace, const StopSign& stop,
           TargetProcess* process, pid_t pid = -1);
  ~TcpStage() override;

  // Where the process dies again and again, and this is true, another is started ahead of need.
  // Precondition: the process can be started more than once.
  void keep_spare_if(const std::atomic<bool>& allowed);
  // From a handler on the loop: gives up what is under way.
  void cancel();

  // All that opens connections throws MachineFault where the machine has no descriptor left for
  // one.
  Played play(Order order) override;
  Played finish_waiting() override;
  bool listens() override;
  std::size_t addresses() const override { return addresses_.size(); }
  std::size_t address() const override { return address_; }
  void move_to(std::size_t address) override;
  std::optional<std::string> login_fault() override;
  OwnProcess* process() override;
  bool change_port() override;
  std::optional<ProcessLook> look() override;
  void forget_peak() override;
  Instant now() const override { return std::chrono::steady_clock::now(); }
  void wait_until(Instant then) override;
  bool stopped() const override { return stop_.raised(); }
  const TargetProfile& profile() const override { return profile_; }
  Pace& pace() override { return pace_; }

 private:
  class Process;

  void follow_port();
  pid_t root() const;
  bool knows_process();
  void run_one();

  boost::asio::io_context& loop_;
  TargetProfile& profile_;
  Pace& pace_;
  const StopSign& stop_;
  TargetProcess* started_ = nullptr;
  pid_t pid_ = -1;
  pid_t listener_ = -1;  // the process of ours that was found to be the one that is spoken to
  std::unique_ptr<Process> process_;
  std::vector<boost::asio::ip::tcp::endpoint> addresses_;  // never empty
  std::size_t address_ = 0;
  PeerSockets sockets_;
  TargetEndpoint target_;
  Batch* current_ = nullptr;
  std::vector<std::unique_ptr<Batch>> left_;  // that wait while others play
};

}  // namespace wsconform
