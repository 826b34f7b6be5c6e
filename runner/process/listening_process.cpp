#include "runner/process/listening_process.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <set>
#include <string>
#include <system_error>

#include "runner/process/process_usage.h"
#include "runner/process/sock_diag.h"

namespace wsconform {
namespace {

namespace fs = std::filesystem;

// Of one datagram of the answer; false: it was the last.
bool add_listeners(const std::byte* answer, std::size_t size, std::uint16_t port,
                   std::set<std::string>& inodes) {
  while (size >= NLMSG_HDRLEN) {
    const auto header = value_at<nlmsghdr>(answer);
    if (header.nlmsg_type != SOCK_DIAG_BY_FAMILY || header.nlmsg_len > size ||
        header.nlmsg_len < NLMSG_LENGTH(sizeof(inet_diag_msg)))
      return false;
    const auto socket = value_at<inet_diag_msg>(answer + NLMSG_HDRLEN);
    if (ntohs(socket.id.idiag_sport) == port)
      inodes.insert("socket:[" + std::to_string(socket.idiag_inode) + ']');
    const std::size_t taken = std::min<std::size_t>(size, NLMSG_ALIGN(header.nlmsg_len));
    answer += taken;
    size -= taken;
  }
  return true;
}

// Others are not asked for: tens of thousands may be over already, and /proc/net/tcp has them all.
void add_listeners(int family, std::uint16_t port, std::set<std::string>& inodes) {
  const int kernel = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
  if (kernel < 0) return;
  const SockDiagRequest request = sock_diag_request(family, 1U << TCP_LISTEN, NLM_F_DUMP);
  std::array<std::byte, 16 * 1024> answer;
  bool more = send(kernel, &request, sizeof(request), 0) == sizeof(request);
  while (more) {
    const ssize_t size = recv(kernel, answer.data(), answer.size(), 0);
    more = size > 0 && add_listeners(answer.data(), static_cast<std::size_t>(size), port, inodes);
  }
  close(kernel);
}

bool shares_our_network(const fs::path& process) {
  std::error_code error;
  const fs::path theirs = fs::read_symlink(process / "ns/net", error);
  return !error && theirs == fs::read_symlink("/proc/self/ns/net", error) && !error;
}

}  // namespace

std::optional<bool> listens_on(pid_t root, std::uint16_t port) {
  std::set<std::string> inodes;
  for (const int family : {AF_INET, AF_INET6}) add_listeners(family, port, inodes);
  const auto usage = usage_of(root);
  if (inodes.empty() || !usage) return std::nullopt;
  for (const pid_t each : usage->processes) {
    const fs::path process = fs::path("/proc") / std::to_string(each);
    if (!shares_our_network(process)) return std::nullopt;
    std::error_code error;
    fs::directory_iterator files(process / "fd", error);
    if (error) return std::nullopt;
    for (; !error && files != fs::directory_iterator(); files.increment(error)) {
      std::error_code gone;
      if (inodes.contains(fs::read_symlink(files->path(), gone).string())) return true;
    }
  }
  return false;
}

}  // namespace wsconform
