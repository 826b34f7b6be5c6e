// Ctrl-C (SIGINT), SIGTERM and a terminal that closes (SIGHUP) while a target is judged. The first
// asks the run to end with what it has. The second ends the program at once, whatever it waits for,
// and with it goes the target that it started.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <functional>

namespace wsconform {

class Interrupts {
 public:
  // From here to the destructor, which puts back what was before, these signals come to this
  // object, but for those that whoever started us wants ignored (nohup). There is one at a time.
  // The loop outlives it. Throws std::system_error where no descriptor is left.
  explicit Interrupts(boost::asio::io_context& loop);
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  // `call` comes once, from the loop, at the first signal, or at once where that came before. It
  // takes the place of an earlier one.
  void on_first(std::function<void()> call);

 private:
  boost::asio::posix::stream_descriptor signalled_;
  std::function<void()> call_;
  bool waiting_ = false;
};

// How a program ends that a signal ends: 128 + its number, as shells tell it.
constexpr int exit_code_of_signal(int signal) {
  return 128 + signal;
}

}  // namespace wsconform
