// beast_echo PORT: an echo server by Boost.Beast on 127.0.0.1, one thread, for comparisons.
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <cstdlib>
#include <memory>
#include <utility>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using beast::error_code;

class Peer : public std::enable_shared_from_this<Peer> {
 public:
  explicit Peer(tcp::socket socket) : stream_(std::move(socket)) {
    stream_.next_layer().set_option(tcp::no_delay(true));
  }
  void start() {
    stream_.async_accept([self = shared_from_this()](error_code failed) {
      if (!failed) self->read();
    });
  }

 private:
  void read() {
    stream_.async_read(buffer_, [self = shared_from_this()](error_code failed, std::size_t) {
      if (!failed) self->write();
    });
  }
  void write() {
    stream_.text(stream_.got_text());
    stream_.async_write(buffer_.data(),
                        [self = shared_from_this()](error_code failed, std::size_t size) {
                          self->buffer_.consume(size);
                          if (!failed) self->read();
                        });
  }

  beast::websocket::stream<tcp::socket> stream_;
  beast::flat_buffer buffer_;
};

void accept(tcp::acceptor& acceptor) {
  acceptor.async_accept([&acceptor](error_code failed, tcp::socket socket) {
    if (!failed) std::make_shared<Peer>(std::move(socket))->start();
    accept(acceptor);
  });
}

}  // namespace

// NOLINTNEXTLINE(bugprone-exception-escape): what goes wrong ends it
int main(int count, char** arguments) {
  if (count != 2) return 2;
  asio::io_context context{1};
  const auto port = static_cast<std::uint16_t>(std::strtoul(arguments[1], nullptr, 10));
  tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), port});
  acceptor.listen(4096);
  accept(acceptor);
  context.run();
}
