#include "server-under-test/turns.h"

#include <boost/asio/post.hpp>
#include <utility>

namespace wsconform {

void Turns::add(std::shared_ptr<Session> session) {
  waiting_.push_back(std::move(session));
  if (waiting_.size() == 1) ask();
}

void Turns::ask() {
  boost::asio::post(executor_, [self = shared_from_this()] {
    const std::shared_ptr<Session> session = std::move(self->waiting_.front());
    self->waiting_.pop_front();
    if (!self->waiting_.empty()) self->ask();
    session->slice();
  });
}

}  // namespace wsconform
