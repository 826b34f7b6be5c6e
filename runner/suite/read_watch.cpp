#include "runner/suite/read_watch.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace wsconform {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

constexpr Duration first_pause = std::chrono::microseconds(40);
constexpr Duration longest_pause = std::chrono::milliseconds(1);

// For what is read elsewhere: the piece is there after half a round trip, and a reader
// needs its time too.
Duration pause_elsewhere(const Pace& pace) {
  constexpr Duration least = std::chrono::milliseconds(2);
  return std::max(least, pace.round_trip());
}

}  // namespace

ReadWatch::ReadWatch(boost::asio::io_context& loop, const PeerSockets* sockets, const Pace& pace)
    : sockets_(sockets), pace_(pace), timer_(loop) {}

void ReadWatch::await(const tcp::socket& socket, std::uint64_t sent, std::function<void()> then) {
  assert(!wait_);
  wait_ = std::make_shared<Wait>(Wait{sent, std::move(then)});
  error_code gone;
  if (!ends_) ends_ = Ends{socket.local_endpoint(gone), socket.remote_endpoint(gone)};
  if (gone || waits_ == most_waits) return over();
  ++waits_;
  const Duration last = waited_ - std::exchange(waited_before_, waited_);
  look(std::clamp(last / 2, first_pause, longest_pause));
}

void ReadWatch::look(Duration after) {
  const Duration patience = pace_.patience();
  const auto read =
      sockets_ == nullptr ? std::nullopt : sockets_->read_by_peer(ends_->ours, ends_->peers);
  if (!read && waited_ < 2 * patience) return pause(pause_elsewhere(pace_), &ReadWatch::over, {});
  if (!read || *read >= wait_->sent || waited_ >= patience / 2) return over();
  pause(after, &ReadWatch::look, std::min(after * 3 / 2, longest_pause));
}

void ReadWatch::pause(Duration time, void (ReadWatch::*then)(Duration), Duration next) {
  waited_ += time;
  timer_.expires_after(time);
  timer_.async_wait([this, then, next, wait = std::weak_ptr(wait_)](error_code error) {
    if (!error && !wait.expired()) (this->*then)(next);
  });
}

void ReadWatch::over(Duration) {
  std::exchange(wait_, nullptr)->then();
}

}  // namespace wsconform
