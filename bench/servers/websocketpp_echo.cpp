// websocketpp_echo PORT: an echo server by websocketpp on 127.0.0.1, one thread, for comparisons.
#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdlib>
#include <websocketpp/config/asio_no_tls.hpp>
#include <websocketpp/server.hpp>

// NOLINTNEXTLINE(bugprone-exception-escape): what goes wrong ends it
int main(int count, char** arguments) {
  if (count != 2) return 2;
  using Server = websocketpp::server<websocketpp::config::asio>;
  Server server;
  server.clear_access_channels(websocketpp::log::alevel::all);
  server.clear_error_channels(websocketpp::log::elevel::all);
  server.init_asio();
  server.set_reuse_addr(true);
  server.set_listen_backlog(4096);
  server.set_message_handler(
      [&](websocketpp::connection_hdl peer, const Server::message_ptr& message) {
        websocketpp::lib::error_code ignored;
        server.send(peer, message->get_payload(), message->get_opcode(), ignored);
      });
  const auto port = static_cast<std::uint16_t>(std::strtoul(arguments[1], nullptr, 10));
  server.listen(boost::asio::ip::tcp::endpoint(boost::asio::ip::address_v4::loopback(), port));
  server.start_accept();
  server.run();
}
