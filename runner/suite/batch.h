// Cases side by side over TCP: so many connections at once, yet no more in flight than a bound, and results as they come.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "runner/suite/tcp_driver.h"
#include "runner/target/target.h"

namespace wsconform {

struct Case;

// Where a target is and how it is treated; shared by all batches of a run.
struct TargetAccess {
  boost::asio::io_context& loop;
  TargetEndpoint target;
  const TargetProfile& profile;
  Pace& pace;
  // All that the host's name stands for; `target` is at one of them.
  std::vector<boost::asio::ip::tcp::endpoint> addresses = {};
};

// A case to be run, and which time of --repeat it is.
struct Task {
  const Case* to_run = nullptr;
  int repetition = 1;

  bool operator==(const Task&) const = default;
};

struct Finished {
  Task task;
  CaseResult result;
  Outcome outcome;
  Instant at;
};

class Batch {
 public:
  // Asked after every result; true stops the batch: nothing more is started, what is under way is given up.
  using Stop = std::function<bool(const Finished&)>;

  Batch(TargetAccess& access, std::vector<Task> tasks, std::size_t jobs, Stop stop);

  // Runs the loop until the batch is done.
  void run();
  // From a handler on the loop: ends the batch.
  void cancel();

  std::vector<Finished>& finished() { return finished_; }
  // Given up by the stop first, then not started.
  std::vector<Task>& left() { return left_; }
  // How many of `left` were given up by the stop.
  std::size_t under_way_at_stop() const { return given_up_; }

 private:
  bool may_start(const Task& task) const;
  void start_next();
  void start(Task task);
  void done(TcpDriver& driver);

  TargetAccess& access_;
  std::vector<Task> tasks_;
  std::size_t jobs_ = 1;
  Stop stop_;
  std::size_t next_ = 0;
  std::uint64_t in_flight_ = 0;  // bytes that the running cases send, and may get back
  std::vector<std::pair<std::shared_ptr<TcpDriver>, Task>> running_;
  std::vector<Finished> finished_;
  std::vector<Task> left_;
  std::size_t given_up_ = 0;
  bool stopped_ = false;
};

}  // namespace wsconform
