// Keeps the pieces of a cut apart: the next one goes out once the target has read the one before,
// so that no read of it gives both. Where its end of the connection is on this machine, that is
// seen; elsewhere a pause stands for it, which grows with the round trip.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "core/instant.h"
#include "runner/conversation/pace.h"
#include "runner/process/peer_sockets.h"

namespace wsconform {

// Of one connection.
class ReadWatch {
 public:
  // Cuts behind these of a connection are writes of their own, and are not waited for any more.
  static constexpr int most_waits = 512;

  // `sockets` may be null: nothing can be seen. All outlive the watch.
  ReadWatch(boost::asio::io_context& loop, const PeerSockets* sockets, const Pace& pace);

  // Calls `then` once the target has read the `sent` bytes that were written to the socket so far,
  // the same one each time. All waits of a connection together last half of the target's patience
  // at most (such a one reads no more), twice the patience where nothing is seen. `then` may be
  // called at once, and never after the watch is gone. One wait at a time.
  void await(const boost::asio::ip::tcp::socket& socket, std::uint64_t sent,
             std::function<void()> then);

 private:
  struct Ends {
    boost::asio::ip::tcp::endpoint ours;
    boost::asio::ip::tcp::endpoint peers;
  };
  struct Wait {
    std::uint64_t sent = 0;
    std::function<void()> then;
  };
  void look(Duration pause);
  void pause(Duration time, void (ReadWatch::*then)(Duration), Duration next);
  void over(Duration = {});

  const PeerSockets* sockets_ = nullptr;
  const Pace& pace_;
  boost::asio::steady_timer timer_;
  std::shared_ptr<Wait> wait_;  // under way
  std::optional<Ends> ends_;    // once it was asked for
  int waits_ = 0;
  Duration waited_{};
  Duration waited_before_{};  // the latest wait
};

}  // namespace wsconform
