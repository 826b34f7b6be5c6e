// The other ends of TCP connections, where they are on this machine: how far their processes have
// read. Asked of the kernel over netlink (sock_diag(7)), some 10 µs each; no rights are needed.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <optional>

namespace wsconform {

class PeerSockets {
 public:
  PeerSockets();
  ~PeerSockets();
  PeerSockets(const PeerSockets&) = delete;
  PeerSockets& operator=(const PeerSockets&) = delete;

  // Bytes that the peer's process has read from the connection; both addresses as our end sees
  // them. Nothing where that end is on another machine, is gone, or the kernel does not tell.
  std::optional<std::uint64_t> read_by_peer(const boost::asio::ip::tcp::endpoint& ours,
                                            const boost::asio::ip::tcp::endpoint& peers) const;

 private:
  int netlink_ = -1;  // below zero: there is none
};

}  // namespace wsconform
