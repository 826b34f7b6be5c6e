#include "cli/service_manager.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <optional>

namespace wsconform {
namespace {

constexpr int first_descriptor = 3;
constexpr int most_descriptors = 1024;

std::optional<int> number_in(const char* text) {
  if (text == nullptr) return std::nullopt;
  int number = 0;
  const char* end = text + std::strlen(text);
  const auto [rest, error] = std::from_chars(text, end, number);
  return error == std::errc() && rest == end ? std::optional(number) : std::nullopt;
}

}  // namespace

std::vector<int> sockets_given(const char* listen_pid, const char* listen_fds, int process) {
  const auto count = number_in(listen_fds);
  if (number_in(listen_pid) != process || !count || *count > most_descriptors) return {};
  std::vector<int> sockets;
  for (int i = 0; i < *count; ++i) sockets.push_back(first_descriptor + i);
  return sockets;
}

std::vector<int> take_sockets_given() {
  const std::vector<int> sockets =
      sockets_given(std::getenv("LISTEN_PID"), std::getenv("LISTEN_FDS"), getpid());
  for (const char* name : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"}) unsetenv(name);
  for (const int each : sockets) fcntl(each, F_SETFD, FD_CLOEXEC);
  return sockets;
}

void tell_manager(std::string_view state) {
  if (const char* socket = std::getenv("NOTIFY_SOCKET")) tell_manager(state, socket);
}

void tell_manager(std::string_view state, const std::string& socket) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket.empty() || socket.size() >= sizeof address.sun_path) return;
  std::memcpy(address.sun_path, socket.data(), socket.size());
  if (socket.front() == '@') address.sun_path[0] = '\0';
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket.size());
  const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return;
  sendto(descriptor, state.data(), state.size(), MSG_NOSIGNAL,
         reinterpret_cast<const sockaddr*>(&address), size);
  close(descriptor);
}

}  // namespace wsconform
