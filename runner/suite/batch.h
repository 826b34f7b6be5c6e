// An order carried out over TCP: its cases side by side, as many as may be, and results as they
// come.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "runner/suite/rest_watch.h"
#include "runner/suite/stage.h"
#include "runner/suite/start_queue.h"
#include "runner/suite/tcp_driver.h"
#include "runner/target/target.h"

namespace wsconform {

class Batch {
 public:
  // Looks at the target's process; empty where that is not known.
  using Look = std::function<std::optional<ProcessLook>()>;

  // All but the order outlive it. Of the order: its tasks, jobs and when it ends.
  Batch(boost::asio::io_context& loop, const TargetEndpoint& target, const TargetProfile& profile,
        Pace& pace, Order order, Look look = {});
  // What is still under way is given up.
  ~Batch();
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  // Runs the loop until the batch is done, or some only wait where the order lets them. Once.
  // Throws MachineFault.
  Played run();
  // Those that were left waiting, until they are done. Throws MachineFault.
  Played finish();
  // From a handler on the loop: ends the batch.
  void cancel();

 private:
  Played play();
  void start_next();
  void start(Task task);
  void done(TcpDriver& driver);
  void watch_the_quiet();
  Duration long_enough_to_wait() const;
  std::vector<Task> quiet_since(Instant then) const;
  bool all_quiet_since(Instant then) const;
  void release_held_back(Instant now);
  bool may_be_left(Instant now) const;

  boost::asio::io_context& loop_;
  const TargetEndpoint& target_;
  const TargetProfile& profile_;
  Pace& pace_;
  std::function<bool(std::vector<Finished>&)> ends_;
  bool when_answered_ = false;
  bool one_by_one_ = false;  // but for those that only wait
  StartQueue queue_;
  Look look_;
  RestWatch rest_;
  boost::asio::steady_timer quiet_;
  Instant last_change_{};  // a case began or ended
  std::shared_ptr<bool> lives_ = std::make_shared<bool>(true);
  std::vector<std::pair<std::shared_ptr<TcpDriver>, Task>> running_;
  Played played_;
  bool released_busy_ = false;  // those that end now, for the target comes to no rest
  bool stopped_ = false;
  std::size_t most_left_ = 0;  // waiting when the play ends
  bool left_ = false;          // they are: others play meanwhile
};

}  // namespace wsconform
