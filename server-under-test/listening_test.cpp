#include "server-under-test/listening.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace wsconform::listening_test {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using testing::HasSubstr;

class Listening : public testing::Test {
 protected:
  template <typename Listen>
  static std::string complaint(const Listen& listen) {
    try {
      listen();
    } catch (const ListenError& error) {
      return error.what();
    }
    return "none";
  }

  asio::io_context context_;
};

TEST_F(Listening, ANameStandsForAllItsAddressesAtOnePort) {
  const Acceptors acceptors = listen_at(context_, "localhost", 0);
  ASSERT_FALSE(acceptors.empty());
  for (const tcp::acceptor& each : acceptors) {
    EXPECT_TRUE(each.local_endpoint().address().is_loopback());
    EXPECT_EQ(each.local_endpoint().port(), acceptors.front().local_endpoint().port());
    EXPECT_NE(each.local_endpoint().port(), 0);
  }
}

TEST_F(Listening, SaysWhatIsNoAddressAndNoName) {
  EXPECT_THAT(complaint([&] { listen_at(context_, "no such name", 0); }),
              HasSubstr("\"no such name\" is no address to listen on, and no name of one: "));
}

TEST_F(Listening, TakesOverASocketThatListens) {
  Acceptors opened = listen_at(context_, "127.0.0.1", 0);
  const std::uint16_t port = opened.front().local_endpoint().port();
  Acceptors taken = take_over(context_, {opened.front().release()});
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(taken.front().local_endpoint().port(), port);
  tcp::socket client(context_);
  client.connect(taken.front().local_endpoint());
  EXPECT_TRUE(taken.front().accept().is_open());
}

TEST_F(Listening, TakesOverNothingElse) {
  tcp::socket bound(context_, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
  const int descriptor = bound.native_handle();
  EXPECT_EQ(complaint([&] { take_over(context_, {descriptor}); }),
            "descriptor " + std::to_string(descriptor) + " is no listening TCP socket");
  int ends[2] = {};
  ASSERT_EQ(pipe(ends), 0);
  EXPECT_NE(complaint([&] { take_over(context_, {ends[0]}); }), "none");
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(NameOf, PutsAnIpv6AddressInBrackets) {
  EXPECT_EQ(name_of({asio::ip::make_address("::1"), 80}), "[::1]:80");
  EXPECT_EQ(name_of({asio::ip::make_address("127.0.0.1"), 9001}), "127.0.0.1:9001");
}

}  // namespace
}  // namespace wsconform::listening_test
