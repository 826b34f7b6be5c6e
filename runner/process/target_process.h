// The target as a process of ours: started with --exec 'COMMAND {port}', stopped, started again after it died.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>

namespace wsconform {

// A TCP port of 127.0.0.1 that nothing listens on at the moment.
std::uint16_t free_port();

class TargetProcess {
 public:
  // `command` goes to /bin/sh in a process group of its own, {port} filled in. Its output is let go, the last of its
  // error output kept.
  TargetProcess(std::string command, std::uint16_t port);
  ~TargetProcess();
  TargetProcess(const TargetProcess&) = delete;
  TargetProcess& operator=(const TargetProcess&) = delete;

  // Throws std::system_error where no process can be made.
  void start();
  // SIGTERM to the group, and SIGKILL where that is not heeded within `grace_ms`.
  void stop(int grace_ms = 3000);
  // False once it exited; how is told by last_exit.
  bool running();
  // Waits so long for it to exit by itself; true once it did.
  bool exits_within(int milliseconds);
  // "exit code 1", "signal 11 (Segmentation fault)".
  const std::string& last_exit() const { return last_exit_; }
  // The last lines of its error output since its start.
  std::string error_output() const;
  pid_t pid() const { return pid_; }

 private:
  void record_exit(int status);

  std::string command_;
  std::string last_exit_;
  std::string error_file_;
  pid_t pid_ = -1;
};

}  // namespace wsconform
