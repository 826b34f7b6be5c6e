#include "runner/process/target_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cassert>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <expected>
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/instant.h"
#include "core/machine_fault.h"
#include "core/placeholder.h"

namespace wsconform {
namespace {

[[noreturn]] void fail(int number, const std::string& what) {
  const std::error_code error(number, std::generic_category());
  throw_if_machine_fault(error, what);
  throw std::system_error(error, what);
}

// It has no name any more, so that nothing is left behind however we end.
int nameless_file() {
  std::string name = (std::filesystem::temp_directory_path() / "wsconform-target-XXXXXX").string();
  const int file = mkostemp(name.data(), O_APPEND | O_CLOEXEC);
  if (file < 0) fail(errno, "cannot make " + name);
  unlink(name.c_str());
  return file;
}

// "SIGSEGV (Segmentation fault)".
std::string name_of_signal(int number) {
  const char* name = sigabbrev_np(number);
  const std::string word =
      name == nullptr ? "signal " + std::to_string(number) : "SIG" + std::string(name);
  return word + " (" + strsignal(number) + ")";
}

// A signal that we are sent meanwhile does not shorten the wait.
bool becomes_readable(int descriptor, int milliseconds) {
  const Instant last = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
  pollfd watched{.fd = descriptor, .events = POLLIN, .revents = 0};
  int ready = poll(&watched, 1, milliseconds);
  while (ready < 0 && errno == EINTR) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(last - std::chrono::steady_clock::now());
    ready = poll(&watched, 1, std::max(0, static_cast<int>(left.count())));
  }
  return ready > 0;
}

// Waits for the process to exit, without a busy loop; an error where it cannot be watched.
std::expected<bool, std::error_code> exit_within(pid_t pid, int milliseconds) {
  const auto descriptor = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
  if (descriptor < 0) return std::unexpected(std::error_code(errno, std::generic_category()));
  const bool exited = becomes_readable(descriptor, milliseconds);
  close(descriptor);
  return exited;
}

// What the child does with its files: no input, no output, errors to the file. What we ignore of
// signals it does not.
class SpawnActions {
 public:
  SpawnActions(int error_file, pid_t group) {
    posix_spawn_file_actions_init(&files_);
    posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&files_, error_file, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&files_, STDERR_FILENO + 1);  // our sockets are ours
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setpgroup(&attributes_, group);
    sigset_t as_usual;
    sigemptyset(&as_usual);
    for (const int number : {SIGPIPE, SIGXFSZ, SIGHUP}) sigaddset(&as_usual, number);
    posix_spawnattr_setsigdefault(&attributes_, &as_usual);
  }
  ~SpawnActions() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;

  const posix_spawn_file_actions_t* files() const { return &files_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t files_{};
  posix_spawnattr_t attributes_{};
};

}  // namespace

std::uint16_t free_port() {
  boost::asio::io_context loop;
  boost::asio::ip::tcp::acceptor acceptor(loop, {boost::asio::ip::address_v4::loopback(), 0});
  return acceptor.local_endpoint().port();
}

namespace {

bool refuses_bind(std::uint16_t port, bool shares) {
  boost::asio::io_context loop;
  boost::asio::ip::tcp::acceptor acceptor(loop, boost::asio::ip::tcp::v4());
  acceptor.set_option(boost::asio::socket_base::reuse_address(shares));
  boost::system::error_code error;
  acceptor.bind({boost::asio::ip::address_v4::any(), port}, error);
  return error == boost::asio::error::address_in_use;
}

}  // namespace

bool is_taken(std::uint16_t port) {
  return refuses_bind(port, true);
}

bool is_held(std::uint16_t port) {
  return refuses_bind(port, false);
}

TargetProcess::TargetProcess(std::string command, std::uint16_t port)
    : command_(std::move(command)), error_file_(nameless_file()), port_(port) {}

TargetProcess::~TargetProcess() {
  stop();
  close(error_file_);
}

void TargetProcess::swap(TargetProcess& other) noexcept {
  std::swap(command_, other.command_);
  std::swap(last_exit_, other.last_exit_);
  std::swap(exit_code_, other.exit_code_);
  std::swap(error_file_, other.error_file_);
  std::swap(forgotten_, other.forgotten_);
  std::swap(port_, other.port_);
  std::swap(pid_, other.pid_);
  std::swap(guard_, other.guard_);
}

void TargetProcess::move_to(std::uint16_t port) {
  assert(pid_ < 0 && "a process that runs keeps its port");
  port_ = port;
}

bool TargetProcess::takes_any_port() const {
  return with_port(command_, 1) != command_;
}

void TargetProcess::start() {
  stop();
  if (ftruncate(error_file_, 0) != 0) fail(errno, "cannot empty the file of the target's errors");
  forgotten_ = 0;
  guard_ = std::make_unique<GroupGuard>();
  const SpawnActions actions(error_file_, guard_->group());
  std::array<std::string, 3> words{"sh", "-c", with_port(command_, port_)};
  std::array<char*, 4> arguments{words[0].data(), words[1].data(), words[2].data(), nullptr};
  const int error = posix_spawn(&pid_, "/bin/sh", actions.files(), actions.attributes(),
                                arguments.data(), environ);
  if (error != 0) {
    pid_ = -1;
    guard_.reset();
    const std::string what = "cannot start '" + words[2] + "'";
    if (error == EAGAIN)  // no more processes are allowed
      throw MachineFault({error, std::generic_category()}, what);
    fail(error, what);
  }
}

void TargetProcess::stop(int grace_ms) {
  assert(grace_ms >= 0);
  if (pid_ < 0) return;
  guard_->send(SIGTERM);
  if (!exit_within(pid_, grace_ms).value_or(false)) guard_->send(SIGKILL);
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  guard_.reset();  // and with it what the target started and left behind
  pid_ = -1;
}

bool TargetProcess::running() {
  if (pid_ < 0) return false;
  int status = 0;
  const pid_t waited = waitpid(pid_, &status, WNOHANG);
  if (waited == 0) return true;
  if (waited == pid_) {
    record_exit(status);
  } else {  // ECHILD: somebody else has waited for it, or exits are not kept for us (SIGCHLD ignored)
    last_exit_ = "an exit of which nothing is known";
    exit_code_.reset();
  }
  guard_.reset();
  pid_ = -1;
  return false;
}

bool TargetProcess::exits_within(int milliseconds) {
  assert(milliseconds >= 0);
  if (pid_ >= 0) {
    const auto exited = exit_within(pid_, milliseconds);
    if (!exited) throw_if_machine_fault(exited.error(), "cannot watch the target's process");
  }
  return !running();
}

void TargetProcess::record_exit(int status) {
  constexpr int of_signals =
      128;  // a shell adds it to the number of the signal that ended its command
  exit_code_.reset();
  if (WIFSIGNALED(status)) {
    last_exit_ = name_of_signal(WTERMSIG(status));
    return;
  }
  const int code = WEXITSTATUS(status);
  exit_code_ = code;
  last_exit_ = "exit code " + std::to_string(code);
  if (code > of_signals && sigabbrev_np(code - of_signals) != nullptr)
    last_exit_ = name_of_signal(code - of_signals) + ", which its shell tells by " + last_exit_;
}

void TargetProcess::forget_error_output() {
  forgotten_ = std::max<off_t>(0, lseek(error_file_, 0, SEEK_END));
}

std::string TargetProcess::error_output() const {
  constexpr off_t most = 4096;
  const off_t end = lseek(error_file_, 0, SEEK_END);
  const off_t size = end - forgotten_;
  if (size <= 0) return {};
  std::string last(static_cast<std::size_t>(std::min(size, most)), '\0');
  const ssize_t read =
      pread(error_file_, last.data(), last.size(), end - static_cast<off_t>(last.size()));
  last.resize(static_cast<std::size_t>(std::max<ssize_t>(read, 0)));
  return last;
}

}  // namespace wsconform
