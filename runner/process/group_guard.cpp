#include "runner/process/group_guard.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>

#include "core/machine_fault.h"

namespace wsconform {
namespace {

// `read` ends when the pipe does.
constexpr const char* script = "read -r nothing; kill -s KILL 0";

// 0, or the error.
int spawn_guard(int waits_at, pid_t& guard) {
  posix_spawn_file_actions_t files{};
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, waits_at, STDIN_FILENO);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
  posix_spawnattr_t attributes{};
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
  posix_spawnattr_setpgroup(&attributes, 0);
  sigset_t for_the_others;
  sigemptyset(&for_the_others);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&for_the_others, signal);
  posix_spawnattr_setsigmask(&attributes, &for_the_others);
  std::array<std::string, 3> words{"sh", "-c", script};
  std::array<char*, 4> arguments{words[0].data(), words[1].data(), words[2].data(), nullptr};
  const int error = posix_spawn(&guard, "/bin/sh", &files, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return error;
}

}  // namespace

GroupGuard::GroupGuard() {
  const std::string what = "cannot make a process group for the target";
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0)
    throw MachineFault({errno, std::generic_category()}, what);
  const int error = spawn_guard(ends[0], guard_);
  close(ends[0]);
  ours_ = ends[1];
  if (error == 0) return;
  close(ours_);
  if (error == EAGAIN) throw MachineFault({error, std::generic_category()}, what);
  throw_if_machine_fault({error, std::generic_category()}, what);
  throw std::system_error(error, std::generic_category(), what);
}

GroupGuard::~GroupGuard() {
  send(SIGKILL);
  close(ours_);
  while (waitpid(guard_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

void GroupGuard::send(int signal) const {
  kill(-guard_, signal);
}

}  // namespace wsconform
