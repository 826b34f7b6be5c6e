#include "runner/suite/read_watch.h"

#include <gtest/gtest.h>

#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <optional>
#include <string>

namespace wsconform::read_watch_test {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

class ReadWatchTest : public testing::Test {
 protected:
  ReadWatchTest()
      : acceptor_(loop_, {asio::ip::make_address("127.0.0.1"), 0}), ours_(loop_), peers_(loop_) {
    ours_.connect(acceptor_.local_endpoint());
    peers_ = acceptor_.accept();
  }
  void write(const std::string& text) {
    asio::write(ours_, asio::buffer(text));
    sent_ += text.size();
  }
  void read(std::size_t size) {
    std::string text(size, ' ');
    asio::read(peers_, asio::buffer(text));
  }
  void await(ReadWatch& watch) {
    over_ = false;
    watch.await(ours_, sent_, [this] { over_ = true; });
  }
  // Until no more timers are set, or the wait is over.
  void run() {
    loop_.restart();
    while (!over_ && loop_.run_one() > 0) {
    }
  }

  asio::io_context loop_;
  tcp::acceptor acceptor_;
  tcp::socket ours_;
  tcp::socket peers_;
  PeerSockets sockets_;
  Pace pace_;
  std::uint64_t sent_ = 0;
  bool over_ = false;
};

TEST_F(ReadWatchTest, GoesOnAtOnceWhereAllIsRead) {
  ReadWatch watch(loop_, &sockets_, pace_);
  write("Hello");
  read(5);
  await(watch);
  EXPECT_TRUE(over_);
}

TEST_F(ReadWatchTest, WaitsForWhatIsNotRead) {
  ReadWatch watch(loop_, &sockets_, pace_);
  write("Hello");
  await(watch);
  EXPECT_FALSE(over_);
  read(3);
  loop_.run_one();
  EXPECT_FALSE(over_);
  read(2);
  run();
  EXPECT_TRUE(over_);
}

TEST_F(ReadWatchTest, DoesNotWaitForOneThatReadsNoMore) {
  const Pace brisk(std::chrono::milliseconds(20));
  ReadWatch watch(loop_, &sockets_, brisk);
  write("Hello");
  for (int n = 0; n < 3; ++n) {
    await(watch);
    run();
    EXPECT_TRUE(over_);
  }
  await(watch);
  EXPECT_TRUE(over_) << "its time is used up";
}

TEST_F(ReadWatchTest, PausesWhereNothingIsSeen) {
  ReadWatch watch(loop_, nullptr, pace_);
  write("Hello");
  const Instant began = std::chrono::steady_clock::now();
  await(watch);
  EXPECT_FALSE(over_);
  run();
  EXPECT_TRUE(over_);
  EXPECT_GE(std::chrono::steady_clock::now() - began, pace_.round_trip());
}

TEST_F(ReadWatchTest, LetsVeryManyCutsPass) {
  ReadWatch watch(loop_, &sockets_, pace_);
  for (int n = 0; n < ReadWatch::most_waits; ++n) await(watch);
  write("Hello");
  await(watch);
  EXPECT_TRUE(over_);
}

TEST_F(ReadWatchTest, SaysNothingOnceItIsGone) {
  auto watch = std::make_unique<ReadWatch>(loop_, &sockets_, pace_);
  write("Hello");
  await(*watch);
  watch.reset();
  run();
  EXPECT_FALSE(over_);
}

}  // namespace
}  // namespace wsconform::read_watch_test
