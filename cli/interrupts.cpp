#include "cli/interrupts.h"

#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cassert>
#include <cerrno>
#include <cstdint>
#include <system_error>
#include <utility>

namespace wsconform {
namespace {

constexpr std::array ending{SIGINT, SIGTERM, SIGHUP};

// All that the handler of a signal may look at.
std::atomic<int> wake{-1};  // descriptor; below zero: nobody wants the signals
std::atomic<bool> asked{false};
static_assert(decltype(wake)::is_always_lock_free && decltype(asked)::is_always_lock_free);

std::array<struct sigaction, ending.size()> before{};

// Calls nothing but what a handler may call (POSIX, signal-safety(7)).
void handle(int signal) {
  if (asked.exchange(true)) {
    _exit(exit_code_of_signal(signal));  // and with us goes the group of a target (GroupGuard)
  }
  const int kept = errno;
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = write(wake.load(), &one, sizeof one);
  errno = kept;
}

int event_descriptor() {
  const int descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (descriptor < 0)
    throw std::system_error(errno, std::generic_category(), "no signal can be waited for");
  return descriptor;
}

}  // namespace

Interrupts::Interrupts(boost::asio::io_context& loop) : signalled_(loop, event_descriptor()) {
  assert(wake.load() < 0);
  wake = signalled_.native_handle();
  asked = false;
  struct sigaction ours{};
  ours.sa_handler = handle;
  for (std::size_t i = 0; i < ending.size(); ++i) {
    sigaction(ending.at(i), nullptr, &before.at(i));
    if (before.at(i).sa_handler != SIG_IGN) sigaction(ending.at(i), &ours, nullptr);
  }
}

Interrupts::~Interrupts() {
  for (std::size_t i = 0; i < ending.size(); ++i) sigaction(ending.at(i), &before.at(i), nullptr);
  wake = -1;
}

void Interrupts::on_first(std::function<void()> call) {
  call_ = std::move(call);
  if (std::exchange(waiting_, true)) return;
  signalled_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                        [this](boost::system::error_code error) {
                          if (!error && call_) call_();
                        });
}

}  // namespace wsconform
