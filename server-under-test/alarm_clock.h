// Rings at the instants that ids asked for, by one timer.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include "server-under-test/alarms.h"

namespace wsconform {

// Owned by a shared_ptr; once it is stopped it rings no more.
class AlarmClock : public std::enable_shared_from_this<AlarmClock> {
 public:
  AlarmClock(boost::asio::io_context& context, std::function<void(std::uint64_t id)> ring)
      : timer_(context), ring_(std::move(ring)) {}

  void set(std::uint64_t id, Instant at);
  void stop();

 private:
  void watch();
  void pass();

  boost::asio::steady_timer timer_;
  std::function<void(std::uint64_t)> ring_;
  Alarms alarms_;
  Instant watched_ = Instant::max();  // when the timer fires
};

}  // namespace wsconform
