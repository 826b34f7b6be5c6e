#include "server-under-test/password_run.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <stdexcept>
#include <utility>

namespace wsconform {

namespace asio = boost::asio;

void run_elsewhere(PasswordCheck check, asio::thread_pool& checkers,
                   const asio::any_io_executor& loop, std::function<void(bool right)> done) {
  asio::post(checkers, [check = std::move(check), work = asio::make_work_guard(loop),
                        done = std::move(done)]() mutable {
    bool right = false;
    try {
      right = check.run();
    } catch (const std::runtime_error&) {
      right = false;  // no memory for the hash: nobody is let in
    }
    asio::post(work.get_executor(), [done = std::move(done), right] { done(right); });
  });
}

}  // namespace wsconform
