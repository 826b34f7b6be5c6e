// Where the reference server listens: addresses, names of several, sockets that
// somebody opened for it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace wsconform {

// What the server needs cannot be had: the message names address, port and reason.
class ListenError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

using Acceptors = std::vector<boost::asio::ip::tcp::acceptor>;

// Listens at `host`, an address or a name: at each address that the name has. With port 0 the first
// takes one that is free, and the others the same. At least one. Throws ListenError.
Acceptors listen_at(boost::asio::io_context& context, const std::string& host, std::uint16_t port);
// Takes over listening sockets of the process. Throws ListenError where one is none for TCP.
Acceptors take_over(boost::asio::io_context& context, const std::vector<int>& descriptors);

// "127.0.0.1:9001", "[::1]:9001"
std::string name_of(const boost::asio::ip::tcp::endpoint& endpoint);

// The process or the system is out of something that the end of a connection gives back.
bool is_exhaustion(const boost::system::error_code& failed);

}  // namespace wsconform
