#include "runner/suite/tcp_stage.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <boost/asio/post.hpp>
#include <functional>
#include <list>

#include "core/machine_fault.h"
#include "runner/casebook/case.h"
#include "runner/suite/probe_cases.h"
#include "runner/suite/target_keeper.h"

namespace wsconform::tcp_stage_test {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

// Takes connections, and says nothing.
class TcpStageTest : public testing::Test {
 protected:
  TcpStageTest() {
    profile_.address.host = "127.0.0.1";
    profile_.address.port = acceptor_.local_endpoint().port();
  }

  asio::io_context loop_;
  tcp::acceptor acceptor_{loop_, {asio::ip::address_v4::loopback(), 0}};
  TargetProfile profile_;
  Pace pace_{std::chrono::milliseconds(200)};
  StopSign stop_;
};

// None is left to us, while this lives.
class NoDescriptors {
 public:
  NoDescriptors() {
    EXPECT_EQ(getrlimit(RLIMIT_NOFILE, &before_), 0);
    const int next = dup(STDIN_FILENO);
    close(next);
    const rlimit few{.rlim_cur = static_cast<rlim_t>(next), .rlim_max = before_.rlim_max};
    EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
  }
  ~NoDescriptors() { setrlimit(RLIMIT_NOFILE, &before_); }
  NoDescriptors(const NoDescriptors&) = delete;
  NoDescriptors& operator=(const NoDescriptors&) = delete;

 private:
  rlimit before_{};
};

TEST_F(TcpStageTest, TellsThatTheMachineHasNoDescriptorLeft) {
  TcpStage stage(loop_, profile_, pace_, stop_, nullptr);
  const Case made = handshake_case();
  {
    const NoDescriptors none;
    EXPECT_THROW(stage.listens(), MachineFault);
    EXPECT_THROW(stage.play({.tasks = {{&made, 1}}}), MachineFault);
    EXPECT_THROW(stage.play({.tasks = {{&made, 1}}, .beside = 3}), MachineFault);
  }
  EXPECT_TRUE(stage.listens());
  EXPECT_EQ(stage.play({.tasks = {{&made, 1}}}).finished.size(), 1U);
}

TEST_F(TcpStageTest, PlaysNothingOnceTheRunIsStopped) {
  TcpStage stage(loop_, profile_, pace_, stop_, nullptr);
  stop_.raise({});
  const Case made = handshake_case();
  const Played played = stage.play({.tasks = {{&made, 1}, {&made, 2}}});
  EXPECT_TRUE(played.finished.empty());
  EXPECT_EQ(played.not_begun.size(), 2U);
}

TEST_F(TcpStageTest, GivesUpWhatIsUnderWayWhereItIsCancelled) {
  TcpStage stage(loop_, profile_, pace_, stop_, nullptr);
  const Case made = handshake_case();
  asio::post(loop_, [&] {
    stop_.raise({});
    stage.cancel();
  });
  const Played played = stage.play({.tasks = {{&made, 1}, {&made, 2}, {&made, 3}}, .jobs = 2});
  EXPECT_EQ(played.given_up.size(), 2U);
  EXPECT_EQ(played.not_begun.size(), 1U);
}

// More than a short backlog takes at a time.
TEST_F(TcpStageTest, PlaysOnceTheConnectionsBesideAreOpen) {
  tcp::acceptor acceptor(loop_);
  acceptor.open(tcp::v4());
  acceptor.bind({asio::ip::address_v4::loopback(), 0});
  acceptor.listen(5);
  acceptor.non_blocking(true);
  profile_.address.port = acceptor.local_endpoint().port();
  std::list<tcp::socket> clients;
  std::size_t open_when_it_spoke = 0;
  const std::function<void()> accept = [&] {
    acceptor.async_wait(tcp::acceptor::wait_read, [&](boost::system::error_code error) {
      while (!error) {
        tcp::socket& client = clients.emplace_back(loop_);
        acceptor.accept(client, error);
        if (error) break;
        client.async_wait(tcp::socket::wait_read, [&](boost::system::error_code) {
          if (open_when_it_spoke == 0) open_when_it_spoke = clients.size();
        });
      }
      clients.pop_back();
      if (error == asio::error::would_block) accept();
    });
  };
  accept();
  TcpStage stage(loop_, profile_, pace_, stop_, nullptr);
  const Case made = handshake_case();
  stage.play({.tasks = {{&made, 1}}, .beside = 60});
  EXPECT_EQ(open_when_it_spoke, 61U);
}

// Nobody accepts: the kernel takes as many as the backlog has room for.
TEST_F(TcpStageTest, PlaysAlsoWhereTheConnectionsBesideAreNotTaken) {
  acceptor_.listen(0);
  TcpStage stage(loop_, profile_, pace_, stop_, nullptr);
  const Case made = handshake_case();
  EXPECT_EQ(stage.play({.tasks = {{&made, 1}}, .beside = 60}).finished.size(), 1U);
}

TEST_F(TcpStageTest, WaitsUntilAnInstant) {
  TcpStage stage(loop_, profile_, pace_, stop_, nullptr);
  const Instant then = stage.now() + std::chrono::milliseconds(20);
  stage.wait_until(then);
  EXPECT_GE(stage.now(), then);
}

TEST_F(TcpStageTest, LooksAtTheProcessThatItIsTold) {
  TcpStage stage(loop_, profile_, pace_, stop_, nullptr, getpid());
  const auto seen = stage.look();
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->root, getpid());
  EXPECT_FALSE(TcpStage(loop_, profile_, pace_, stop_, nullptr).look());
}

// A target of ours whose port somebody else took first: the connection that is taken is not its.
TEST_F(TcpStageTest, TellsThatSomebodyElseHasThePort) {
  TargetProcess process("exit 1", profile_.address.port);
  TcpStage stage(loop_, profile_, pace_, stop_, &process);
  const auto not_reached = TargetKeeper(stage).start();
  ASSERT_TRUE(not_reached);
  EXPECT_TRUE(not_reached->port_taken);
  EXPECT_EQ(not_reached->why, "exit code 1. ");
}

TEST_F(TcpStageTest, BlamesNobodyElseForATargetThatEnds) {
  acceptor_.close();
  TargetProcess process("exit 1", profile_.address.port);
  TcpStage stage(loop_, profile_, pace_, stop_, &process);
  const auto not_reached = TargetKeeper(stage).start();
  ASSERT_TRUE(not_reached);
  EXPECT_FALSE(not_reached->port_taken);
}

// Once it may stand beside another.
TEST_F(TcpStageTest, GoesToTheSpareOfATargetThatIsStartedAgainAndAgain) {
  const std::uint16_t port = profile_.address.port;
  TargetProcess process("exec cat /dev/zero > /dev/null # {port}", port);
  TcpStage stage(loop_, profile_, pace_, stop_, &process);
  std::atomic<bool> allowed = false;
  stage.keep_spare_if(allowed);
  for (int n = 0; n < 4; ++n) stage.process()->start();
  EXPECT_EQ(process.port(), port) << "it may not be allowed to stand beside another";
  allowed = true;
  stage.process()->start();
  EXPECT_EQ(process.port(), port);
  const pid_t before = process.pid();
  stage.process()->start();
  EXPECT_NE(process.port(), port);
  EXPECT_EQ(profile_.address.port, process.port());
  EXPECT_NE(process.pid(), before);
  EXPECT_TRUE(process.running());
}

}  // namespace
}  // namespace wsconform::tcp_stage_test
