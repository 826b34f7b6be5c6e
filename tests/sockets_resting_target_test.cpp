// When a batch takes a silence for the target's answer: real connections, and looks at a process
// that are made up.
#include <gtest/gtest.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <list>
#include <string_view>

#include "runner/casebook/case.h"
#include "runner/suite/batch.h"

namespace wsconform::sockets_resting_target_test {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;

// Reads what clients say, if it takes them at all, and answers only when it is told to.
class Listener {
 public:
  explicit Listener(boost::asio::io_context& loop)
      : acceptor_(loop, {boost::asio::ip::address_v4::loopback(), 0}) {}

  tcp::endpoint address() const { return acceptor_.local_endpoint(); }
  void take_clients() {
    acceptor_.async_accept([this](error_code error, tcp::socket client) {
      if (error) return;
      read(clients_.emplace_back(std::move(client)));
      take_clients();
    });
  }
  void answer() {
    constexpr std::string_view begun = "HTTP/1.1 101 ";
    for (tcp::socket& each : clients_) boost::asio::write(each, boost::asio::buffer(begun));
  }

 private:
  void read(tcp::socket& client) {
    client.async_read_some(boost::asio::buffer(heard_), [this, &client](error_code error, auto) {
      if (!error) read(client);
    });
  }

  tcp::acceptor acceptor_;
  std::list<tcp::socket> clients_;
  std::array<char, 1024> heard_{};
};

struct Seen {
  bool timed_out = false;
  bool stands = false;
};
Seen seen(const Played& played) {
  if (played.finished.size() != 1) return {};
  const Finished& ended = played.finished.front();
  return {ended.outcome.timed_out, ended.silence_stands};
}

// Handshakes that are not answered in time. `look` gets the time since the first one.
class Play {
 public:
  using Look = std::function<std::optional<ProcessUsage>(Duration)>;

  Play(const Listener& target, boost::asio::io_context& loop, Look look, Duration patience)
      : loop_(loop),
        look_(std::move(look)),
        pace_(patience),
        endpoint_{target.address(), {}, "127.0.0.1", &sockets_} {
    profile_.address = *parse_target_url("ws://127.0.0.1/");
    made_.id = "rest/handshake";
    made_.level = Level::must;
    made_.steps = {ExpectEnding{.endings = {Ending{}}}};
  }

  Batch batch(bool leaves_waiting) {
    return Batch(loop_, endpoint_, profile_, pace_,
                 {.tasks = {{&made_, 1}}, .waiting = 1, .leaves_waiting = leaves_waiting},
                 [this] { return look(); });
  }

 private:
  std::optional<ProcessLook> look() const {
    const auto usage = look_(std::chrono::steady_clock::now() - began_);
    return usage ? std::optional(ProcessLook{100, *usage}) : std::nullopt;
  }

  boost::asio::io_context& loop_;
  Look look_;
  Pace pace_;
  const PeerSockets sockets_;
  const TargetEndpoint endpoint_;
  TargetProfile profile_;
  Case made_;
  Instant began_ = std::chrono::steady_clock::now();
};

Seen play(Listener& target, boost::asio::io_context& loop, Play::Look look) {
  Play play(target, loop, std::move(look), milliseconds(50));
  return seen(play.batch(false).run());
}

ProcessUsage rests(Duration) {
  return {.processes = {100}};
}

TEST(RestingTarget, MakesASilenceTheAnswer) {
  boost::asio::io_context loop;
  Listener target(loop);
  target.take_clients();
  const Seen seen = play(target, loop, rests);
  EXPECT_TRUE(seen.timed_out);
  EXPECT_TRUE(seen.stands);
}

TEST(RestingTarget, IsNotWaitedForWhereTheTargetIsBusyWithNothing) {
  boost::asio::io_context loop;
  Listener target(loop);
  target.take_clients();
  const Seen seen = play(target, loop, [](Duration since) {
    return ProcessUsage{.processes = {100}, .cpu = since, .wanted = since};
  });
  EXPECT_TRUE(seen.timed_out);
  EXPECT_FALSE(seen.stands);
}

// As on a machine without /proc.
TEST(RestingTarget, IsNotWaitedForWhereNobodySeesIt) {
  boost::asio::io_context loop;
  Listener target(loop);
  target.take_clients();
  int looks = 0;
  const Seen seen = play(target, loop, [&](Duration) {
    ++looks;
    return std::nullopt;
  });
  EXPECT_LT(looks, 20) << "in a second there are forty times to look";
  EXPECT_TRUE(seen.timed_out);
  EXPECT_FALSE(seen.stands);
}

TEST(RestingTarget, ProvesNothingWhereTheAnswerWasLate) {
  boost::asio::io_context loop;
  Listener target(loop);
  target.take_clients();
  const Seen seen = play(target, loop, [&](Duration since) {
    if (since > milliseconds(300)) target.answer();
    return rests(since);
  });
  EXPECT_TRUE(seen.timed_out);
  EXPECT_FALSE(seen.stands);
}

TEST(RestingTarget, ProvesNothingWhereTheConnectionWaitsToBeTaken) {
  boost::asio::io_context loop;
  Listener target(loop);
  const Seen seen = play(target, loop, rests);
  EXPECT_TRUE(seen.timed_out);
  EXPECT_FALSE(seen.stands);
}

TEST(RestingTarget, LetsOthersPlayBesideWhoWaitsForIt) {
  boost::asio::io_context loop;
  Listener target(loop);
  target.take_clients();
  Play silent(target, loop, rests, std::chrono::seconds(1));
  Batch left = silent.batch(true);
  const Played begun = left.run();
  EXPECT_EQ(begun.waiting.size(), 1U);
  EXPECT_TRUE(begun.finished.empty());

  Play other(target, loop, rests, std::chrono::seconds(1));
  EXPECT_TRUE(seen(other.batch(false).run()).stands);
  const Seen ended = seen(left.finish());
  EXPECT_TRUE(ended.timed_out);
  EXPECT_TRUE(ended.stands);
}

TEST(RestingTarget, IsWaitedForWhereOthersKeptItBusyMeanwhile) {
  boost::asio::io_context loop;
  Listener target(loop);
  target.take_clients();
  Duration worked{};
  const auto seen_at = [&](Duration) {
    return ProcessUsage{.processes = {100}, .cpu = worked, .wanted = worked};
  };
  Play silent(target, loop, seen_at, milliseconds(600));
  Batch left = silent.batch(true);
  EXPECT_EQ(left.run().waiting.size(), 1U);

  Play other(
      target, loop,
      [&](Duration since) {
        worked = since;
        return seen_at(since);
      },
      milliseconds(600));
  other.batch(false).run();
  EXPECT_TRUE(seen(left.finish()).stands);
}

TEST(RestingTarget, IsWaitedForToRestBeforeOthersPlay) {
  boost::asio::io_context loop;
  Listener target(loop);
  target.take_clients();
  Play busy(
      target, loop,
      [](Duration since) {
        return ProcessUsage{.processes = {100}, .cpu = since, .wanted = since};
      },
      milliseconds(600));
  const Played played = busy.batch(true).run();
  EXPECT_TRUE(played.waiting.empty());
  EXPECT_EQ(played.finished.size(), 1U);
}

}  // namespace
}  // namespace wsconform::sockets_resting_target_test
