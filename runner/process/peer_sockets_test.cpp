#include "runner/process/peer_sockets.h"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <string>

namespace wsconform::peer_sockets_test {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

class PeerSocketsTest : public testing::TestWithParam<const char*> {
 protected:
  PeerSocketsTest()
      : acceptor_(loop_, {asio::ip::make_address(GetParam()), 0}), ours_(loop_), peers_(loop_) {
    ours_.connect(acceptor_.local_endpoint());
    peers_ = acceptor_.accept();
  }
  std::optional<std::uint64_t> read_by_peer() const {
    return sockets_.read_by_peer(ours_.local_endpoint(), ours_.remote_endpoint());
  }
  void write(const std::string& text) { asio::write(ours_, asio::buffer(text)); }
  void read(std::size_t size) {
    std::string text(size, ' ');
    asio::read(peers_, asio::buffer(text));
  }

  asio::io_context loop_;
  tcp::acceptor acceptor_;
  tcp::socket ours_;
  tcp::socket peers_;
  PeerSockets sockets_;
};

TEST_P(PeerSocketsTest, CountsWhatThePeerReadAndNotWhatWaitsForIt) {
  EXPECT_EQ(read_by_peer(), 0U);
  write("Hello");
  EXPECT_EQ(read_by_peer(), 0U);
  read(2);
  EXPECT_EQ(read_by_peer(), 2U);
  read(3);
  EXPECT_EQ(read_by_peer(), 5U);
  write(", World");
  EXPECT_EQ(read_by_peer(), 5U);
}

TEST_P(PeerSocketsTest, KnowsNothingOfAnEndThatIsGone) {
  const tcp::endpoint ours = ours_.local_endpoint();
  const tcp::endpoint peers = ours_.remote_endpoint();
  peers_.set_option(asio::socket_base::linger(true, 0));
  peers_.close();
  EXPECT_EQ(sockets_.read_by_peer(ours, peers), std::nullopt);
}

TEST_P(PeerSocketsTest, KnowsNothingOfOtherMachines) {
  const tcp::endpoint elsewhere(asio::ip::make_address("203.0.113.1"), 80);  // RFC 5737
  EXPECT_EQ(sockets_.read_by_peer({asio::ip::make_address("203.0.113.2"), 50'000}, elsewhere),
            std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Addresses, PeerSocketsTest, testing::Values("127.0.0.1", "::1"));

// A socket that takes both versions of IP sees a client of the older one under another address.
TEST(PeerSockets, KnowsASocketOfBothVersions) {
  asio::io_context loop;
  tcp::acceptor acceptor(loop, {tcp::v6(), 0});
  tcp::socket ours(loop);
  ours.connect({asio::ip::make_address("127.0.0.1"), acceptor.local_endpoint().port()});
  const tcp::socket peers = acceptor.accept();
  asio::write(ours, asio::buffer("Hello", 5));
  EXPECT_EQ(PeerSockets().read_by_peer(ours.local_endpoint(), ours.remote_endpoint()), 0U);
}

}  // namespace
}  // namespace wsconform::peer_sockets_test
