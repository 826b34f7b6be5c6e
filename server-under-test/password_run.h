// Passwords are checked elsewhere than in the loop: it takes a while, and is meant to.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>

#include "server-under-test/site/front.h"

namespace wsconform {

// Runs the check on a thread of `checkers`, then calls `done` by `loop`, which has work until then.
// A check for which there is no memory counts as failed.
void run_elsewhere(PasswordCheck check, boost::asio::thread_pool& checkers,
                   const boost::asio::any_io_executor& loop, std::function<void(bool right)> done);

}  // namespace wsconform
