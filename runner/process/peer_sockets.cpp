#include "runner/process/peer_sockets.h"

#include <linux/rtnetlink.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include "runner/process/sock_diag.h"

namespace wsconform {
namespace {

using boost::asio::ip::tcp;

void copy_address(const boost::asio::ip::address& address, __be32 (&to)[4]) {
  const auto copy = [&to](const auto& bytes) { std::memcpy(to, bytes.data(), bytes.size()); };
  if (address.is_v4()) {
    copy(address.to_v4().to_bytes());
  } else {
    copy(address.to_v6().to_bytes());
  }
}

__be16 port_of(const tcp::endpoint& endpoint) {
  const std::uint16_t port = endpoint.port();
  const std::array<std::uint8_t, 2> bytes{static_cast<std::uint8_t>(port >> 8),
                                          static_cast<std::uint8_t>(port & 0xff)};
  __be16 value = 0;
  std::memcpy(&value, bytes.data(), bytes.size());
  return value;
}

SockDiagRequest request_for(const tcp::endpoint& own, const tcp::endpoint& other) {
  SockDiagRequest request = sock_diag_request(own.protocol().family(), ~0U);
  request.sockets.idiag_ext = 1 << (INET_DIAG_INFO - 1);
  request.sockets.id.idiag_sport = port_of(own);
  request.sockets.id.idiag_dport = port_of(other);
  copy_address(own.address(), request.sockets.id.idiag_src);
  copy_address(other.address(), request.sockets.id.idiag_dst);
  request.sockets.id.idiag_cookie[0] = INET_DIAG_NOCOOKIE;
  request.sockets.id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
  return request;
}

// Of tcpi_bytes_received in the kernel's tcp_info. <linux/tcp.h>, which has it, cannot stand beside
// <netinet/tcp.h>, whose tcp_info ends before it: three numbers of 64 bits lie between.
constexpr std::size_t place_of_bytes_received = sizeof(tcp_info) + 3 * sizeof(std::uint64_t);
static_assert(place_of_bytes_received == 128);

// What came for good, less what waits in the queue. Nothing in an answer that is none.
std::optional<std::uint64_t> read_bytes(const std::byte* answer, std::size_t size) {
  constexpr std::size_t fixed = NLMSG_LENGTH(sizeof(inet_diag_msg));
  if (size < fixed) return std::nullopt;
  const auto header = value_at<nlmsghdr>(answer);
  if (header.nlmsg_type != SOCK_DIAG_BY_FAMILY) return std::nullopt;
  const auto socket = value_at<inet_diag_msg>(answer + NLMSG_HDRLEN);
  if (socket.idiag_state == TCP_LISTEN) return std::nullopt;  // found in place of one that is gone
  size = std::min<std::size_t>(size, header.nlmsg_len);
  for (std::size_t at = NLMSG_ALIGN(fixed); at + sizeof(rtattr) <= size;) {
    const auto attribute = value_at<rtattr>(answer + at);
    if (attribute.rta_len < sizeof(rtattr) || at + attribute.rta_len > size) break;
    constexpr std::size_t place = place_of_bytes_received;
    if (attribute.rta_type == INET_DIAG_INFO &&
        attribute.rta_len >= RTA_LENGTH(place + sizeof(std::uint64_t)))
      return value_at<std::uint64_t>(answer + at + RTA_LENGTH(place)) - socket.idiag_rqueue;
    at += RTA_ALIGN(attribute.rta_len);
  }
  return std::nullopt;
}

}  // namespace

PeerSockets::PeerSockets()
    : netlink_(socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG)) {}

PeerSockets::~PeerSockets() {
  if (netlink_ >= 0) close(netlink_);
}

std::optional<std::uint64_t> PeerSockets::read_by_peer(const tcp::endpoint& ours,
                                                       const tcp::endpoint& peers) const {
  if (netlink_ < 0) return std::nullopt;
  const SockDiagRequest request = request_for(peers, ours);
  if (send(netlink_, &request, sizeof(request), 0) != sizeof(request)) return std::nullopt;
  std::array<std::byte, 4096> answer{};
  const ssize_t size = recv(netlink_, answer.data(), answer.size(), MSG_DONTWAIT);
  if (size < 0) return std::nullopt;
  return read_bytes(answer.data(), static_cast<std::size_t>(size));
}

}  // namespace wsconform
