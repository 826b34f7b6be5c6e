// How many cases a batch has under way at once.
#include "runner/casebook/case.h"
#include "runner/suite/batch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <string>
#include <string_view>

namespace wsconform::sockets_batch_test {
namespace {

using boost::asio::ip::tcp;

// Lets clients wait until so many are there, then sends all of them away. Where it drips, each gets
// a byte of its refusal each time that so long has passed.
class WaitingRoom {
 public:
  WaitingRoom(boost::asio::io_context& loop, std::size_t seats, Duration between_drops)
      : acceptor_(loop, {boost::asio::ip::address_v4::loopback(), 0}),
        seats_(seats),
        between_drops_(between_drops),
        next_drop_(loop) {
    accept();
    if (between_drops > Duration{}) drip();
  }
  tcp::endpoint address() const { return acceptor_.local_endpoint(); }
  std::size_t most() const { return most_; }

 private:
  void accept() {
    acceptor_.async_accept([this](boost::system::error_code error, tcp::socket client) {
      if (error) return;
      clients_.push_back(std::move(client));
      dripped_.push_back(0);
      most_ = std::max(most_, clients_.size());
      if (clients_.size() == seats_) send_away();
      accept();
    });
  }
  void drip() {
    next_drop_.expires_after(between_drops_);
    next_drop_.async_wait([this](boost::system::error_code) {
      for (std::size_t n = 0; n < clients_.size(); ++n) {
        const std::size_t at = std::min(dripped_[n]++, opening.size() - 1);
        boost::asio::write(clients_[n], boost::asio::buffer(opening.substr(at, 1)));
      }
      drip();
    });
  }
  void send_away() {
    for (std::size_t n = 0; n < clients_.size(); ++n) {
      tcp::socket& each = clients_[n];
      boost::asio::write(
          each, boost::asio::buffer(opening.substr(std::min(dripped_[n], opening.size()))));
      boost::asio::write(each, boost::asio::buffer(rest));
      each.shutdown(tcp::socket::shutdown_send);
      gone_.push_back(std::move(each));
    }
    clients_.clear();
    dripped_.clear();
  }

  // A refusal; its last byte may come as often as one likes.
  static constexpr std::string_view opening = "HTTP/1.1 400 Bad Request\r\nX-Drops: a";
  static constexpr std::string_view rest = "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

  tcp::acceptor acceptor_;
  std::size_t seats_;
  Duration between_drops_;
  boost::asio::steady_timer next_drop_;
  std::vector<tcp::socket> clients_;
  std::vector<std::size_t> dripped_;  // bytes, for each of them
  std::vector<tcp::socket> gone_;     // open, so that no reset overtakes the refusal
  std::size_t most_ = 0;
};

Case sending(std::uint64_t size) {
  SendFrame message;
  message.payload = Payload({PayloadPart{PayloadPart::Kind::repeated, to_bytes("*"), size}});
  Case made;
  made.id = "batch/" + std::to_string(size);
  made.level = Level::must;
  made.steps = {std::move(message), ExpectEnding{.endings = {Ending{}}}};
  return made;
}

TargetProfile profile_of_address() {
  TargetProfile profile;
  profile.address = *parse_target_url("ws://127.0.0.1/");
  return profile;
}

// How many of eight such cases are under way at once, where so many are awaited.
std::size_t most_at_once(std::uint64_t size, std::size_t jobs, std::size_t awaited,
                         std::size_t waiting = 0, Duration between_drops = {},
                         Duration round_trip = std::chrono::milliseconds(1),
                         bool when_answered = false) {
  boost::asio::io_context loop;
  WaitingRoom room(loop, awaited, between_drops);
  const TargetProfile profile = profile_of_address();
  Pace pace;
  pace.measured_round_trip(round_trip);
  const TargetEndpoint target{room.address(), {}, "127.0.0.1"};
  const Case made = sending(size);
  Batch batch(loop, target, profile, pace,
              {.tasks = std::vector<Task>(8, Task{&made, 1}),
               .jobs = jobs,
               .waiting = waiting,
               .when_answered = when_answered});
  const Played played = batch.run();
  EXPECT_EQ(played.finished.size(), 8U);
  for (const Finished& each : played.finished) EXPECT_FALSE(each.outcome.timed_out);
  return room.most();
}

TEST(BatchOverSockets, HasSoManyUnderWayAsItHasJobs) {
  EXPECT_EQ(most_at_once(1024, 4, 4), 4U);
}

TEST(BatchOverSockets, LetsTheOthersBeginBesideThoseThatOnlyWait) {
  EXPECT_EQ(most_at_once(5, 1, 4, 3), 4U);
}

// A target that is silent may be at work.
TEST(BatchOverSockets, LetsNoOtherBeginBesideOneThatWasNotAnsweredWhereThatIsAskedFor) {
  constexpr std::chrono::milliseconds patience(300);
  boost::asio::io_context loop;
  const WaitingRoom room(loop, 8, {});
  const TargetProfile profile = profile_of_address();
  Pace pace(patience);
  const TargetEndpoint target{room.address(), {}, "127.0.0.1"};
  const Case made = sending(5);
  Batch batch(loop, target, profile, pace,
              {.tasks = std::vector<Task>(2, Task{&made, 1}),
               .jobs = 1,
               .waiting = 1,
               .when_answered = true});
  const Played played = batch.run();
  ASSERT_EQ(played.finished.size(), 2U);
  EXPECT_GE(played.finished.back().at - played.finished.front().at, patience);
}

TEST(BatchOverSockets, TakesWhoGetsADropNowAndThenForOneThatWaits) {
  EXPECT_EQ(most_at_once(5, 1, 4, 3, std::chrono::milliseconds(20)), 4U);
}

TEST(BatchOverSockets, LetsTheOthersBeginBesideThoseThatWereAnsweredWhereThatIsAskedFor) {
  using std::chrono::milliseconds;
  EXPECT_EQ(most_at_once(5, 1, 4, 3, milliseconds(20), milliseconds(1), true), 4U);
}

// Where one is waited for so long that many drops come meanwhile.
TEST(BatchOverSockets, TakesWhoGetsDropAfterDropForOneThatWaits) {
  using std::chrono::milliseconds;
  EXPECT_EQ(most_at_once(5, 1, 2, 1, milliseconds(5), milliseconds(50)), 2U);
}

TEST(BatchOverSockets, HasNoMoreUnderWayThanFourMebibytesOfMessages) {
  EXPECT_EQ(most_at_once(2 * 1024 * 1024, 8, 2), 2U);
}

TEST(BatchOverSockets, PlaysACaseBeyondTheBoundAlone) {
  EXPECT_EQ(most_at_once(5 * 1024 * 1024, 8, 1), 1U);
}

}  // namespace
}  // namespace wsconform::sockets_batch_test
