#include "runner/suite/tcp_stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <cassert>
#include <iterator>
#include <list>
#include <utility>

#include "core/machine_fault.h"
#include "runner/process/listening_process.h"
#include "runner/process/spare_process.h"
#include "runner/suite/target_unreachable.h"

namespace wsconform {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

std::vector<tcp::endpoint> resolve(boost::asio::io_context& loop, const TargetUrl& url) {
  tcp::resolver resolver(loop);
  error_code error;
  const auto found = resolver.resolve(url.host, std::to_string(url.port), error);
  throw_if_machine_fault(error, "cannot look up the target's host");
  if (error || found.empty())
    throw TargetUnreachable(
        fmt::format("The host '{}' cannot be found: {}.", url.host, error.message()));
  return {found.begin(), found.end()};
}

TargetEndpoint endpoint_of(const TargetProfile& profile, const tcp::endpoint& address,
                           const PeerSockets& sockets) {
  TargetEndpoint endpoint{address, {}, profile.address.host, &sockets};
  if (profile.address.tls) endpoint.tls = TlsContext::client(profile.trust);
  return endpoint;
}

// Connections that say nothing, open as long as this lives. They are opened few at a time: where
// more come than a target's backlog takes, TCP tries again a second later.
class HeldConnections {
 public:
  HeldConnections(boost::asio::io_context& loop, const tcp::endpoint& target, std::size_t count)
      : loop_(loop), target_(target), wanted_(count) {
    constexpr std::size_t at_a_time = 4;
    while (held_.size() < std::min(wanted_, at_a_time)) open_next();
  }

  // Nothing is to be waited for: all are open, or for a while no other was.
  bool settled() const {
    constexpr Duration while_none_opens = std::chrono::milliseconds(100);
    return done_ == wanted_ || std::chrono::steady_clock::now() >= latest_ + while_none_opens;
  }

 private:
  void open_next() {
    held_.emplace_back(loop_).async_connect(
        target_, [this, held = std::weak_ptr(lives_)](error_code error) {
          if (held.expired()) return;
          throw_if_machine_fault(error, "cannot open a connection to the target");
          ++done_;
          latest_ = std::chrono::steady_clock::now();
          if (held_.size() < wanted_) open_next();
        });
  }

  boost::asio::io_context& loop_;
  tcp::endpoint target_;
  std::size_t wanted_ = 0;
  std::size_t done_ = 0;
  Instant latest_ = std::chrono::steady_clock::now();
  std::list<tcp::socket> held_;
  std::shared_ptr<bool> lives_ = std::make_shared<bool>(true);
};

// Sets a pointer as long as this lives, whatever is thrown meanwhile.
class Current {
 public:
  Current(Batch*& current, Batch& batch) : current_(current) { current_ = &batch; }
  ~Current() { current_ = nullptr; }
  Current(const Current&) = delete;
  Current& operator=(const Current&) = delete;

 private:
  Batch*& current_;
};

}  // namespace

class TcpStage::Process : public OwnProcess {
 public:
  Process(TargetProcess& process, TcpStage& stage) : process_(process), stage_(stage) {}
  void keep_spare_if(const std::atomic<bool>& allowed) {
    spare_.emplace(process_.command());
    spare_allowed_ = &allowed;
  }
  void start() override {
    constexpr int again_and_again = 3;
    if (spare_ && spare_->replaces(process_))
      stage_.follow_port();
    else
      process_.start();
    if (++starts_ >= again_and_again && spare_ && *spare_allowed_) spare_->begin();
  }
  bool started() const override { return process_.pid() >= 0; }
  bool running() override { return process_.running(); }
  bool exits_within(Duration time) override {
    return process_.exits_within(
        static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(time).count()));
  }
  std::string last_exit() const override { return process_.last_exit(); }
  std::string error_output() const override { return process_.error_output(); }
  void forget_error_output() override { process_.forget_error_output(); }
  std::optional<bool> listens() const override {
    return listens_on(process_.pid(), process_.port());
  }
  bool port_is_taken() const override { return is_taken(process_.port()); }
  bool port_is_held() const override { return is_held(process_.port()); }

 private:
  TargetProcess& process_;
  TcpStage& stage_;
  std::optional<SpareProcess> spare_;
  const std::atomic<bool>* spare_allowed_ = nullptr;
  int starts_ = 0;
};

TcpStage::TcpStage(boost::asio::io_context& loop, TargetProfile& profile, Pace& pace,
                   const StopSign& stop, TargetProcess* process, pid_t pid)
    : loop_(loop),
      profile_(profile),
      pace_(pace),
      stop_(stop),
      started_(process),
      pid_(pid),
      process_(process == nullptr ? nullptr : std::make_unique<Process>(*process, *this)),
      addresses_(resolve(loop, profile.address)),
      target_(endpoint_of(profile, addresses_.front(), sockets_)) {}

TcpStage::~TcpStage() = default;

OwnProcess* TcpStage::process() {
  return process_.get();
}

void TcpStage::keep_spare_if(const std::atomic<bool>& allowed) {
  assert(started_ != nullptr && started_->takes_any_port());
  process_->keep_spare_if(allowed);
}

void TcpStage::cancel() {
  if (current_ != nullptr) current_->cancel();
  for (const auto& each : left_) each->cancel();
}

Played TcpStage::play(Order order) {
  assert(order.jobs > 0 && current_ == nullptr);
  if (stopped()) return {.not_begun = std::move(order.tasks)};
  const HeldConnections beside(loop_, target_.tcp, order.beside);
  while (!beside.settled() && !stopped()) wait_until(now() + std::chrono::milliseconds(1));
  const std::optional<TargetProfile> other = std::exchange(order.profile, std::nullopt);
  const TargetProfile& asked = other ? *other : profile_;
  const bool secured_otherwise =
      asked.address.tls != profile_.address.tls || asked.trust.anything != profile_.trust.anything;
  const std::optional<TargetEndpoint> secured =
      secured_otherwise ? std::optional(endpoint_of(asked, target_.tcp, sockets_)) : std::nullopt;
  const bool looks = order.awaits_rest && knows_process();
  assert(!order.leaves_waiting || !other);
  auto batch =
      std::make_unique<Batch>(loop_, secured ? *secured : target_, asked, pace_, std::move(order),
                              looks ? Batch::Look([this] { return look(); }) : Batch::Look());
  Played played;
  {
    const Current current(current_, *batch);
    played = batch->run();
  }
  if (!played.waiting.empty()) left_.push_back(std::move(batch));
  return played;
}

// One behind another: the others go on waiting meanwhile.
Played TcpStage::finish_waiting() {
  Played all;
  while (!left_.empty()) {
    const std::unique_ptr<Batch> batch = std::move(left_.front());
    left_.erase(left_.begin());
    const Current current(current_, *batch);
    try {
      Played played = batch->finish();
      std::ranges::move(played.finished, std::back_inserter(all.finished));
      std::ranges::move(played.given_up, std::back_inserter(all.given_up));
      if (played.fault) all.fault = played.fault;
    } catch (...) {
      all.fault = std::current_exception();
    }
  }
  if (all.fault && all.finished.empty()) std::rethrow_exception(all.fault);
  return all;
}

std::optional<std::string> TcpStage::login_fault() {
  const auto logins = FreshLogins::for_all(profile_, loop_, target_);
  if (!logins || !listens()) return std::nullopt;
  std::optional<std::string> fault;
  bool done = false;
  logins->renew(pace_.patience(), [&](const std::optional<FreshLogins::Failed>& failed) {
    done = true;
    if (failed) fault = failed->sentence();
  });
  while (!done && !stopped()) run_one();
  logins->give_up();
  return fault;
}

bool TcpStage::listens() {
  for (std::size_t n = 0; n < addresses_.size(); ++n) {
    tcp::socket socket(loop_);
    error_code error;
    socket.connect(addresses_[n], error);
    throw_if_machine_fault(error, "cannot open a connection to the target");
    if (error) continue;
    move_to(n);
    return true;
  }
  return false;
}

void TcpStage::move_to(std::size_t address) {
  assert(address < addresses_.size());
  address_ = address;
  target_.tcp = addresses_[address];
}

bool TcpStage::change_port() {
  if (started_ == nullptr || started_->port() != profile_.address.port) return false;
  started_->move_to(free_port());
  follow_port();
  return true;
}

void TcpStage::follow_port() {
  profile_.move_to(started_->port());
  for (tcp::endpoint& each : addresses_) each.port(started_->port());
  move_to(address_);
}

pid_t TcpStage::root() const {
  return started_ == nullptr ? pid_ : started_->pid();
}

// One that we started may have asked another to serve, who is not seen.
bool TcpStage::knows_process() {
  if (started_ != nullptr && listener_ != root() && process_->listens() == true) listener_ = root();
  return root() >= 0 && (started_ == nullptr || listener_ == root());
}

std::optional<ProcessLook> TcpStage::look() {
  const pid_t root = this->root();
  if (root < 0) return std::nullopt;
  auto usage = usage_of(root);
  if (!usage) return std::nullopt;
  return ProcessLook{root, std::move(*usage)};
}

void TcpStage::forget_peak() {
  if (root() >= 0) wsconform::forget_peak(root());
}

void TcpStage::wait_until(Instant then) {
  boost::asio::steady_timer timer(loop_, then);
  const auto done = std::make_shared<bool>(false);  // lives on where a handler throws
  timer.async_wait([done](error_code) { *done = true; });
  while (!*done && !stopped()) run_one();
  timer.cancel();
  while (!*done) run_one();
}

void TcpStage::run_one() {
  loop_.restart();
  loop_.run_one();
}

}  // namespace wsconform
