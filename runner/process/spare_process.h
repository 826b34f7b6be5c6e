// Another process of a target that dies again and again, started ahead of need on a port of its
// own: what a start takes, takes place while cases are played on the other.
#pragma once

#include <string>

#include "runner/process/target_process.h"

namespace wsconform {

class SpareProcess {
 public:
  // The command takes any port. Throws MachineFault as TargetProcess does.
  explicit SpareProcess(const std::string& command) : process_(command, 0) {}
  // It is of use to nobody: it has little time to end.
  ~SpareProcess();
  SpareProcess(const SpareProcess&) = delete;
  SpareProcess& operator=(const SpareProcess&) = delete;

  // Starts it, unless it runs. Where the machine has no room for it, others do without.
  void begin();
  // True: `process`, which was stopped, is now what the spare was, on its port. False: there is
  // none.
  bool replaces(TargetProcess& process);

 private:
  TargetProcess process_;
};

}  // namespace wsconform
