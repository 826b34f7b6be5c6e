// The target as a process of ours: started with --exec 'COMMAND {port}', stopped, started
// again after it died.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "runner/process/group_guard.h"

namespace wsconform {

// A TCP port of 127.0.0.1 that nothing listens on at the moment. It is not held: another may take
// it before a process of ours does. Whoever starts one asks is_taken where it ends at once, and
// tries another port.
std::uint16_t free_port();
// Somebody listens on it, or uses it otherwise, so that nobody else can.
bool is_taken(std::uint16_t port);

// The same, of one that does not ask to share it with connections that are over.
bool is_held(std::uint16_t port);

class TargetProcess {
 public:
  // `command` goes to /bin/sh in a process group of its own, {port} filled in. Its output is let
  // go, the last of its error output kept. However we end, the group ends too. Throws MachineFault
  // where no file for the errors can be had.
  TargetProcess(std::string command, std::uint16_t port);
  ~TargetProcess();
  TargetProcess(const TargetProcess&) = delete;
  TargetProcess& operator=(const TargetProcess&) = delete;

  // One that runs is stopped first. Throws MachineFault where the machine has no process or
  // descriptor left for it, std::system_error where it cannot be made for other reasons.
  void start();
  // SIGTERM to the group, and SIGKILL where that is not heeded within `grace_ms`, zero or more. Of
  // one that does not run: nothing.
  void stop(int grace_ms = 3000);
  // Each is what the other was, with its port.
  void swap(TargetProcess& other) noexcept;
  // From the next start on. Precondition: it does not run.
  void move_to(std::uint16_t port);
  std::uint16_t port() const { return port_; }
  const std::string& command() const { return command_; }
  // The command names its port: another process of it can listen on another.
  bool takes_any_port() const;
  // False before the first start, and once it exited; how is told by last_exit.
  bool running();
  // Waits so long, zero or more, for it to exit by itself; true once it did.
  bool exits_within(int milliseconds);
  // "exit code 1", "SIGSEGV (Segmentation fault)"; "" before the first exit that running() saw.
  const std::string& last_exit() const { return last_exit_; }
  // With which it exited then; nullopt where a signal ended it, or nothing is known of it.
  std::optional<int> exit_code() const { return exit_code_; }
  // The last lines of its error output since its start, or since the latest forget_error_output().
  std::string error_output() const;
  // What it said while it started is told no more.
  void forget_error_output();
  // Below zero where it does not run.
  pid_t pid() const { return pid_; }

 private:
  void record_exit(int status);

  std::string command_;
  std::string last_exit_;
  std::optional<int> exit_code_;
  int error_file_ = -1;
  off_t forgotten_ = 0;  // bytes at the beginning of that file
  std::uint16_t port_ = 0;
  pid_t pid_ = -1;
  std::unique_ptr<GroupGuard> guard_;  // while it runs
};

}  // namespace wsconform
