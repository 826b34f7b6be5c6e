// What a service manager such as systemd and a service say to each other: sockets that were opened
// for it (sd_listen_fds(3)), and how it gets on (sd_notify(3)).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wsconform {

// The descriptors of LISTEN_FDS where LISTEN_PID names this process, from 3 on; none where
// something else stands there. Either may be null: it is not set.
std::vector<int> sockets_given(const char* listen_pid, const char* listen_fds, int process);
// The same of the environment, which no longer tells of them behind it; the descriptors are closed
// in what this process starts.
std::vector<int> take_sockets_given();

// Tells the manager: "READY=1", "STOPPING=1". Nothing where there is none, or it does not listen.
void tell_manager(std::string_view state);
// The same at the socket of this name, as NOTIFY_SOCKET has it: a path, or "@" and an abstract
// name.
void tell_manager(std::string_view state, const std::string& socket);

}  // namespace wsconform
