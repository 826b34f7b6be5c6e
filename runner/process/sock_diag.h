// What is asked of the kernel about TCP sockets over netlink (sock_diag(7)), and how to read its
// answers: for PeerSockets and listens_on.
#pragma once

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace wsconform {

struct SockDiagRequest {
  nlmsghdr header{};
  inet_diag_req_v2 sockets{};
};

// `states`: a bit for each of those of <netinet/tcp.h>. `flags`: NLM_F_DUMP where all are wanted.
inline SockDiagRequest sock_diag_request(int family, std::uint32_t states, unsigned flags = 0) {
  SockDiagRequest request;
  request.header.nlmsg_len = sizeof(request);
  request.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  request.header.nlmsg_flags = static_cast<__u16>(NLM_F_REQUEST | flags);
  request.sockets.sdiag_family = static_cast<__u8>(family);
  request.sockets.sdiag_protocol = IPPROTO_TCP;
  request.sockets.idiag_states = states;
  return request;
}

template <typename Value>
Value value_at(const std::byte* from) {
  Value value{};
  std::memcpy(&value, from, sizeof(value));
  return value;
}

}  // namespace wsconform
