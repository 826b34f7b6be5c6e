#include "runner/process/listening_process.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <vector>

#include "runner/process/target_process.h"

namespace wsconform::listening_process_test {
namespace {

namespace asio = boost::asio;

TEST(ListensOn, IsTrueForTheProcessAndFalseForAnother) {
  TargetProcess other("exec sleep 1000", 80);
  other.start();  // before there is a socket that it would be handed
  asio::io_context loop;
  const asio::ip::tcp::acceptor acceptor(loop, {asio::ip::address_v4::loopback(), 0});
  EXPECT_EQ(listens_on(other.pid(), acceptor.local_endpoint().port()), false);
  EXPECT_EQ(listens_on(getpid(), acceptor.local_endpoint().port()), true);
}

TEST(ListensOn, FindsAListenerOfIpv6) {
  asio::io_context loop;
  const asio::ip::tcp::acceptor acceptor(loop, {asio::ip::address_v6::loopback(), 0});
  EXPECT_EQ(listens_on(getpid(), acceptor.local_endpoint().port()), true);
}

// More than one answer of the kernel has room for.
TEST(ListensOn, FindsItsListenerAmongMany) {
  asio::io_context loop;
  std::vector<asio::ip::tcp::acceptor> acceptors;
  for (int n = 0; n < 300; ++n)
    acceptors.emplace_back(loop, asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), 0));
  for (const auto& each : acceptors)
    ASSERT_EQ(listens_on(getpid(), each.local_endpoint().port()), true);
}

TEST(ListensOn, IsUnknownWhereNobodyListens) {
  EXPECT_EQ(listens_on(getpid(), free_port()), std::nullopt);
}

TEST(ListensOn, IsUnknownForAProcessThatIsGone) {
  asio::io_context loop;
  const asio::ip::tcp::acceptor acceptor(loop, {asio::ip::address_v4::loopback(), 0});
  EXPECT_EQ(listens_on(-1, acceptor.local_endpoint().port()), std::nullopt);
}

}  // namespace
}  // namespace wsconform::listening_process_test
