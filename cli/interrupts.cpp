#include "cli/interrupts.h"

#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cassert>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <system_error>
#include <utility>

#include "runner/process/target_process.h"

namespace wsconform {
namespace {

constexpr std::array ending{SIGINT, SIGTERM, SIGHUP};
constexpr std::array failing{SIGPIPE, SIGXFSZ};  // of a write: its error is told

// All that the handler of a signal may look at.
std::atomic<int> wake{-1};  // descriptor; below zero: nobody wants the signals
std::atomic<bool> asked{false};
std::atomic<const TargetProcess*> taken_along{nullptr};
static_assert(decltype(wake)::is_always_lock_free && decltype(taken_along)::is_always_lock_free);

std::array<struct sigaction, ending.size()> ending_before{};
std::array<struct sigaction, failing.size()> failing_before{};

// Calls nothing but what a handler may call (POSIX, signal-safety(7)).
void handle(int signal) {
  if (asked.exchange(true)) {
    const TargetProcess* process = taken_along.load();
    if (process != nullptr && process->pid() > 0) kill(-process->pid(), SIGKILL);
    _exit(exit_code_of_signal(signal));
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

template <std::size_t size>
void set(const std::array<int, size>& signals, void (*handler)(int),
         std::array<struct sigaction, size>& before) {
  struct sigaction ours{};
  ours.sa_handler = handler;
  for (std::size_t i = 0; i < size; ++i) sigaction(signals.at(i), &ours, &before.at(i));
}

template <std::size_t size>
void put_back(const std::array<int, size>& signals,
              const std::array<struct sigaction, size>& before) {
  for (std::size_t i = 0; i < size; ++i) sigaction(signals.at(i), &before.at(i), nullptr);
}

}  // namespace

Interrupts::Interrupts(boost::asio::io_context& loop) : signalled_(loop, event_descriptor()) {
  assert(wake.load() < 0);
  wake = signalled_.native_handle();
  asked = false;
  taken_along = nullptr;
  set(ending, handle, ending_before);
  for (std::size_t i = 0; i < ending.size(); ++i)
    if (ending_before.at(i).sa_handler == SIG_IGN) std::signal(ending.at(i), SIG_IGN);
  set(failing, SIG_IGN, failing_before);
}

Interrupts::~Interrupts() {
  put_back(ending, ending_before);
  put_back(failing, failing_before);
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

void Interrupts::take_along(const TargetProcess* process) {
  taken_along = process;
}

}  // namespace wsconform
