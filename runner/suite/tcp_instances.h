// Further processes of a target that `--exec` starts, each on a port, a loop and a thread of its
// own.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "runner/process/target_process.h"
#include "runner/suite/run_course.h"
#include "runner/suite/stop_sign.h"
#include "runner/target/target.h"

namespace wsconform {

class TcpInstances : public FurtherInstances {
 public:
  // True of a target that can be started more than once: its command and its URL take any port, and
  // nobody logs in to it, whom others of its processes may not know.
  static bool can_be(const TargetProfile& profile, const TargetProcess* process);

  // Of the target that `profile` and `process` are of. `loop`: that of the first instance, which
  // goes on while the others are waited for. All outlive the object.
  TcpInstances(boost::asio::io_context& loop, const TargetProfile& profile,
               const TargetProcess& process, Duration patience, const StopSign& stop);
  ~TcpInstances() override;

  // True once one of them is what the first one is.
  const std::atomic<bool>& is_alike() const { return is_alike_; }
  std::vector<Instance> make(std::size_t count) override;
  void came_up() override { is_alike_ = true; }
  void do_all(std::vector<std::function<void()>> each) override;
  // The run was stopped: gives up what is under way. From any thread.
  void cancel();

 private:
  struct Further;

  boost::asio::io_context& loop_;
  const TargetProfile& profile_;
  const TargetProcess& process_;
  Duration patience_{};
  const StopSign& stop_;
  std::atomic<bool> is_alike_ = false;
  std::vector<std::unique_ptr<Further>> instances_;
};

}  // namespace wsconform
