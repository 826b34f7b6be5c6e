#include "runner/suite/tcp_instances.h"

#include <malloc.h>

#include <boost/asio/post.hpp>
#include <cassert>
#include <system_error>
#include <thread>
#include <utility>

#include "core/machine_fault.h"
#include "runner/suite/tcp_stage.h"

namespace wsconform {
namespace {

TargetProfile& moved(TargetProfile& profile, std::uint16_t port) {
  profile.move_to(port);
  return profile;
}

}  // namespace

struct TcpInstances::Further {
  Further(const TargetProfile& of, const TargetProcess& first, Duration patience,
          const StopSign& stop)
      : profile(of),
        pace(patience),
        process(first.command(), free_port()),
        stage(loop, moved(profile, process.port()), pace, stop, &process) {
    profile.shown_lately = std::make_shared<Secrets>(*of.shown_lately);
  }

  boost::asio::io_context loop;
  TargetProfile profile;
  Pace pace;
  TargetProcess process;
  TcpStage stage;
};

bool TcpInstances::can_be(const TargetProfile& profile, const TargetProcess* process) {
  return process != nullptr && process->takes_any_port() &&
         process->port() == profile.address.port && !profile.policy.cookie &&
         !profile.policy.ticket;
}

TcpInstances::TcpInstances(boost::asio::io_context& loop, const TargetProfile& profile,
                           const TargetProcess& process, Duration patience, const StopSign& stop)
    : loop_(loop), profile_(profile), process_(process), patience_(patience), stop_(stop) {
  assert(can_be(profile, &process));
  mallopt(M_ARENA_MAX, 1);  // what one thread lets go is of use to the others
}

TcpInstances::~TcpInstances() = default;

std::vector<Instance> TcpInstances::make(std::size_t count) {
  std::vector<Instance> instances;
  try {
    while (instances.size() < count) {
      Further& made =
          *instances_.emplace_back(std::make_unique<Further>(profile_, process_, patience_, stop_));
      made.stage.keep_spare_if(is_alike_);
      instances.push_back({&made.stage, &made.profile});
    }
  } catch (const MachineFault&) {
    return instances;  // the machine has no room for more
  }
  return instances;
}

void TcpInstances::do_all(std::vector<std::function<void()>> each) {
  assert(!each.empty());
  std::size_t under_way = 0;
  std::vector<std::jthread> threads;
  const auto begin = [&](std::size_t n) {
    try {
      threads.emplace_back([this, &under_way, n, &does = each[n]] {
        does();
        instances_[n - 1]->process.stop();  // where it does not heed, no other waits for it
        boost::asio::post(loop_, [&under_way] { --under_way; });
      });
      ++under_way;
      return true;
    } catch (const std::system_error&) {
      return false;  // no more threads are to be had
    }
  };
  for (std::size_t n = 1; n < each.size() && begin(n); ++n) {
  }
  each.front()();
  while (under_way > 0) {
    loop_.restart();
    loop_.run_one();
  }
}

void TcpInstances::cancel() {
  for (const auto& each : instances_)
    boost::asio::post(each->loop, [&stage = each->stage] { stage.cancel(); });
}

}  // namespace wsconform
