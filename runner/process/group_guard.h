// Sees to it that a process group does not outlive us, however we end: SIGKILL leaves us no time to end it ourselves.
#pragma once

#include <sys/types.h>

namespace wsconform {

class GroupGuard {
 public:
  // A process of its own joins the group, holds the end of a pipe whose other end only we have, and kills the group once that
  // is closed. PR_SET_PDEATHSIG would reach the first process of the group alone. Precondition: `group` is that of a child of
  // ours that nobody has waited for yet. Throws MachineFault where no descriptor or process is left, std::system_error
  // otherwise.
  explicit GroupGuard(pid_t group);
  // Kills the group.
  ~GroupGuard();
  GroupGuard(const GroupGuard&) = delete;
  GroupGuard& operator=(const GroupGuard&) = delete;

 private:
  pid_t group_ = -1;
  pid_t guard_ = -1;
  int ours_ = -1;
};

}  // namespace wsconform
