// A process group that does not outlive us, however we end: SIGKILL leaves us no time to
// end it ourselves.
#pragma once

#include <sys/types.h>

namespace wsconform {

class GroupGuard {
 public:
  // Its first process holds the end of a pipe whose other end only we have, and kills the group
  // once that is closed. It is there before whoever joins the group. PR_SET_PDEATHSIG would reach a
  // child of ours alone, and not what it starts. Throws MachineFault where no descriptor or process
  // is left, std::system_error otherwise.
  GroupGuard();
  // Kills the group.
  ~GroupGuard();
  GroupGuard(const GroupGuard&) = delete;
  GroupGuard& operator=(const GroupGuard&) = delete;

  pid_t group() const { return guard_; }
  // To all in the group; SIGTERM, SIGINT and SIGHUP do not end the guard.
  void send(int signal) const;

 private:
  pid_t guard_ = -1;
  int ours_ = -1;
};

}  // namespace wsconform
