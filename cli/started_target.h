// A target that may be a process of ours, with the loop and the signals of the command
// that is about it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <memory>
#include <string>

#include "cli/interrupts.h"
#include "runner/process/target_process.h"

namespace wsconform {

// One that we start ourselves (`command` is not empty) gets ready while the cases are read; a
// signal waits until the loop runs.
struct StartedTarget {
  explicit StartedTarget(const std::string& command) : interrupts(loop) {
    if (command.empty()) return;
    port = free_port();
    process = std::make_unique<TargetProcess>(command, port);
    process->start();
  }
  ~StartedTarget() {
    if (process) process->stop();
  }
  StartedTarget(const StartedTarget&) = delete;
  StartedTarget& operator=(const StartedTarget&) = delete;

  // Somebody else took the port before the target could.
  void try_another_port() {
    port = free_port();
    process->stop();
    process->move_to(port);
    process->start();
  }

  boost::asio::io_context loop;
  Interrupts interrupts;
  std::uint16_t port = 0;
  std::unique_ptr<TargetProcess> process;
};

}  // namespace wsconform
