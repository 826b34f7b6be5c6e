#include "runner/process/target_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "core/placeholder.h"

namespace wsconform {
namespace {

std::string empty_file() {
  std::string name = (std::filesystem::temp_directory_path() / "wsconform-target-XXXXXX").string();
  const int file = mkstemp(name.data());
  if (file < 0) throw std::system_error(errno, std::generic_category(), "cannot make " + name);
  close(file);
  return name;
}

// Waits for the process to exit, without a busy loop; false after the time.
bool waits_for_exit(pid_t pid, int milliseconds) {
  const auto descriptor = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
  if (descriptor < 0) return false;
  pollfd watched{.fd = descriptor, .events = POLLIN, .revents = 0};
  const int ready = poll(&watched, 1, milliseconds);
  close(descriptor);
  return ready > 0;
}

// What the child does with its files: no input, no output, errors to the file.
class SpawnActions {
 public:
  explicit SpawnActions(const std::string& error_file) {
    posix_spawn_file_actions_init(&files_);
    posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files_, STDERR_FILENO, error_file.c_str(),
                                     O_WRONLY | O_APPEND, 0);
    posix_spawn_file_actions_addclosefrom_np(&files_, STDERR_FILENO + 1);  // our sockets are ours
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setpgroup(&attributes_, 0);
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

TargetProcess::TargetProcess(std::string command, std::uint16_t port)
    : command_(with_port(std::move(command), port)), error_file_(empty_file()) {}

TargetProcess::~TargetProcess() {
  stop();
  std::error_code ignored;
  std::filesystem::remove(error_file_, ignored);
}

void TargetProcess::start() {
  stop();
  std::filesystem::resize_file(error_file_, 0);
  const SpawnActions actions(error_file_);
  std::array<std::string, 3> words{"sh", "-c", command_};
  std::array<char*, 4> arguments{words[0].data(), words[1].data(), words[2].data(), nullptr};
  const int error = posix_spawn(&pid_, "/bin/sh", actions.files(), actions.attributes(),
                                arguments.data(), environ);
  if (error != 0) {
    pid_ = -1;
    throw std::system_error(error, std::generic_category(), "cannot start '" + command_ + "'");
  }
}

void TargetProcess::stop(int grace_ms) {
  if (pid_ < 0) return;
  kill(-pid_, SIGTERM);
  if (!waits_for_exit(pid_, grace_ms)) kill(-pid_, SIGKILL);
  int status = 0;
  waitpid(pid_, &status, 0);
  kill(-pid_, SIGKILL);  // what it started and left behind
  pid_ = -1;
}

bool TargetProcess::running() {
  if (pid_ < 0) return false;
  int status = 0;
  if (waitpid(pid_, &status, WNOHANG) != pid_) return true;
  record_exit(status);
  kill(-pid_, SIGKILL);
  pid_ = -1;
  return false;
}

bool TargetProcess::exits_within(int milliseconds) {
  if (pid_ >= 0) waits_for_exit(pid_, milliseconds);
  return !running();
}

void TargetProcess::record_exit(int status) {
  if (WIFSIGNALED(status)) {
    const int number = WTERMSIG(status);
    last_exit_ = "signal " + std::to_string(number) + " (" + strsignal(number) + ")";
  } else {
    last_exit_ = "exit code " + std::to_string(WEXITSTATUS(status));
  }
}

std::string TargetProcess::error_output() const {
  constexpr std::streamoff most = 4096;
  std::ifstream file(error_file_, std::ios::binary | std::ios::ate);
  const std::streamoff size = file.tellg();
  if (size <= 0) return {};
  file.seekg(size > most ? size - most : 0);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace wsconform
