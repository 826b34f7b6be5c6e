// Slices of work of many sessions: one, then whatever is ready, then the next one. Who has much to
// be done waits for all others, and they for one slice at most.
#pragma once

#include <boost/asio/io_context.hpp>
#include <deque>
#include <memory>

#include "server-under-test/session.h"

namespace wsconform {

// Owned by a shared_ptr.
class Turns : public std::enable_shared_from_this<Turns> {
 public:
  explicit Turns(boost::asio::io_context::executor_type executor)
      : executor_(std::move(executor)) {}

  // Its `slice` is called once.
  void add(std::shared_ptr<Session> session);

 private:
  void ask();

  boost::asio::io_context::executor_type executor_;
  std::deque<std::shared_ptr<Session>> waiting_;
};

}  // namespace wsconform
