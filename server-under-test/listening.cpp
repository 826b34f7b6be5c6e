#include "server-under-test/listening.h"

#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/ip/v6_only.hpp>

namespace wsconform {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

std::vector<tcp::endpoint> endpoints_of(asio::io_context& context, const std::string& host,
                                        std::uint16_t port) {
  error_code failed;
  const auto address = asio::ip::make_address(host, failed);
  if (!failed) return {{address, port}};
  std::vector<tcp::endpoint> endpoints;
  for (const auto& each :
       tcp::resolver(context).resolve(host, "", tcp::resolver::passive, failed)) {
    const tcp::endpoint endpoint(each.endpoint().address(), port);
    if (std::ranges::find(endpoints, endpoint) == endpoints.end()) endpoints.push_back(endpoint);
  }
  if (endpoints.empty())
    throw ListenError(fmt::format("\"{}\" is no address to listen on, and no name of one: {}", host,
                                  failed.message()));
  return endpoints;
}

tcp::acceptor listen(asio::io_context& context, const tcp::endpoint& endpoint) try {
  tcp::acceptor acceptor(context);
  acceptor.open(endpoint.protocol());
  acceptor.set_option(tcp::acceptor::reuse_address(true));
  if (endpoint.address().is_v6()) acceptor.set_option(asio::ip::v6_only(true));
  acceptor.bind(endpoint);
  acceptor.listen(asio::socket_base::max_listen_connections);
  return acceptor;
} catch (const boost::system::system_error& error) {
  throw ListenError(
      fmt::format("cannot listen on {}: {}", name_of(endpoint), error.code().message()));
}

bool listens(int descriptor) {
  int value = 0;
  socklen_t size = sizeof value;
  return getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &value, &size) == 0 && value != 0;
}

}  // namespace

Acceptors listen_at(asio::io_context& context, const std::string& host, std::uint16_t port) {
  Acceptors acceptors;
  for (tcp::endpoint endpoint : endpoints_of(context, host, port)) {
    endpoint.port(acceptors.empty() ? port : acceptors.front().local_endpoint().port());
    acceptors.push_back(listen(context, endpoint));
  }
  return acceptors;
}

Acceptors take_over(asio::io_context& context, const std::vector<int>& descriptors) {
  Acceptors acceptors;
  for (const int descriptor : descriptors) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    const bool named = getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    const bool internet = address.ss_family == AF_INET || address.ss_family == AF_INET6;
    if (!named || !internet || !listens(descriptor))
      throw ListenError(fmt::format("descriptor {} is no listening TCP socket", descriptor));
    acceptors.emplace_back(context, address.ss_family == AF_INET ? tcp::v4() : tcp::v6(),
                           descriptor);
  }
  return acceptors;
}

std::string name_of(const tcp::endpoint& endpoint) {
  const std::string address = endpoint.address().to_string();
  return endpoint.address().is_v6() ? fmt::format("[{}]:{}", address, endpoint.port())
                                    : fmt::format("{}:{}", address, endpoint.port());
}

bool is_exhaustion(const boost::system::error_code& failed) {
  return failed == asio::error::no_descriptors || failed == asio::error::no_buffer_space ||
         failed == asio::error::no_memory ||
         failed == boost::system::errc::too_many_files_open_in_system;
}

}  // namespace wsconform
