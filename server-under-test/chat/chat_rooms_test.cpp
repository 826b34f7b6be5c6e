#include "server-under-test/chat/chat_rooms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "core/frame_decoder.h"

namespace wsconform::chat_rooms_test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using enum Opcode;

using Member = std::unique_ptr<ChatMember>;
using Texts = std::vector<std::string>;

// What waits for a member; it takes all.
Texts heard(const Member& member) {
  std::vector<FrameDecoder::Item> items;
  FrameDecoder decoder;
  while (!member->waiting().empty()) {
    const ByteView bytes = member->waiting().front();
    decoder.feed(bytes, items);
    member->take(bytes.size());
  }
  Texts texts;
  for (const auto& item : items) {
    std::string text(text_of(item.frame.payload));
    if (item.frame.header.rsv1) text = "deflated, " + std::to_string(text.size());
    texts.push_back(item.frame.header.opcode == binary ? "binary " + text : text);
  }
  return texts;
}

class Rooms : public testing::Test {
 protected:
  Rooms() {
    rooms_.on_news([this](std::uint64_t id) { told_.insert(id); });
  }
  Member enter(const std::string& room, const std::string& user = "") {
    return rooms_.enter({.id = ++last_id_, .room = room, .user = user});
  }
  static void say(const Member& member, std::string_view text) {
    member->say(Opcode::text, bytes_of(text));
  }
  // Says what no member takes, until somebody is behind.
  static void fill(const Member& speaker) {
    while (!speaker->is_held_up()) say(speaker, std::string(1000, 'x'));
  }

  ChatRooms rooms_{{.rooms = 2, .backlog = 10'000, .patience = 1s}};
  std::set<std::uint64_t> told_;
  std::uint64_t last_id_ = 0;
};

TEST_F(Rooms, CarryAMessageToAllWhoAreInTheRoom) {
  const Member a = enter("/a");
  const Member b = enter("/a");
  const Member elsewhere = enter("/b");
  say(a, "Hello");
  b->say(binary, bytes_of("\x01"));
  EXPECT_EQ(a->listeners(), 2U);
  EXPECT_THAT(heard(a), ElementsAre("Hello", "binary \x01"));
  EXPECT_THAT(heard(b), ElementsAre("Hello", "binary \x01"));
  EXPECT_THAT(heard(elsewhere), IsEmpty());
  EXPECT_EQ(b->heard(), (Traffic{2, 6}));
  EXPECT_EQ(rooms_.said(), (Traffic{2, 6}));
}

TEST_F(Rooms, NameWhoIsKnownAndTellOfThemOnceForAllTheirConnections) {
  const Member bob = enter("/a", "bob");
  Member ann = enter("/a", "ann");
  Member again = enter("/a", "ann");
  say(again, "x\nbob: y");
  ann->say(binary, bytes_of("!"));
  ann.reset();
  again.reset();
  EXPECT_THAT(heard(bob),
              ElementsAre("bob came", "ann came", "ann: x\nbob: y", "binary !", "ann left"));
}

TEST_F(Rooms, AreThereAsLongAsSomebodyIsInThem) {
  Member a = enter("/a");
  const Member b = enter("/b");
  EXPECT_FALSE(rooms_.has_place("/c"));
  EXPECT_TRUE(rooms_.has_place("/b"));
  EXPECT_EQ(enter("/c"), nullptr);
  EXPECT_NE(enter("/b"), nullptr);
  a->leave();
  say(a, "unheard");
  EXPECT_EQ(rooms_.size(), 1U);
  EXPECT_EQ(rooms_.members(), 1U);
  EXPECT_NE(enter("/c"), nullptr);
}

TEST_F(Rooms, KeepNothingForWhoComesLater) {
  const Member a = enter("/a");
  say(a, "before");
  const Member b = enter("/a");
  EXPECT_THAT(heard(b), IsEmpty());
}

TEST_F(Rooms, HoldAMessageOnceHoweverManyHearIt) {
  std::vector<Member> members;
  for (int i = 0; i < 100; ++i) members.push_back(enter("/a"));
  say(members[0], std::string(9000, 'x'));
  EXPECT_GT(rooms_.held(), 9000U);
  EXPECT_LT(rooms_.held(), 10'000U);
  for (const Member& each : members) heard(each);
  EXPECT_EQ(rooms_.held(), 0U);
}

TEST_F(Rooms, TellWhenSomethingBeginsToWait) {
  const Member a = enter("/a");
  const Member b = enter("/a");
  say(a, "one");
  EXPECT_THAT(told_, ElementsAre(1U, 2U));
  told_.clear();
  heard(a);
  say(a, "two");
  EXPECT_THAT(told_, ElementsAre(1U));
}

TEST_F(Rooms, DeflateOnceForThoseWithTheLargestWindow) {
  const auto with = [&](int bits) {
    return rooms_.enter({.id = ++last_id_, .room = "/a", .deflate = DeflateContext{bits}});
  };
  const Member largest = with(15);
  const Member small = with(9);
  const std::string text(1000, 'x');
  say(largest, text);
  say(largest, "?");
  const Texts deflated = heard(largest);
  ASSERT_EQ(deflated.size(), 2U);
  EXPECT_THAT(deflated[0], testing::StartsWith("deflated, "));
  EXPECT_EQ(deflated[1], "?");
  EXPECT_THAT(heard(small), ElementsAre(text, "?"));
}

TEST_F(Rooms, AreHeldUpBySomebodyWhoIsBehindUntilThatHasReadOn) {
  const Member slow = enter("/a");
  const Member quick = enter("/a");
  fill(quick);
  heard(quick);
  EXPECT_TRUE(quick->is_held_up());
  EXPECT_EQ(rooms_.records(9)[0].behind, 1U);
  EXPECT_EQ(rooms_.slowest(), 1U);
  told_.clear();
  slow->take(slow->waiting().front().size());
  EXPECT_TRUE(quick->is_held_up());
  heard(slow);
  EXPECT_FALSE(quick->is_held_up());
  EXPECT_THAT(told_, ElementsAre(1U, 2U));
}

TEST_F(Rooms, LoseWhoIsBehindForTooLong) {
  const Member slow = enter("/a");
  const Member quick = enter("/a");
  quick->tick(Instant(10s));
  fill(quick);
  heard(quick);
  EXPECT_EQ(slow->next_deadline(), Instant(11s));
  EXPECT_FALSE(slow->is_too_slow());
  EXPECT_FALSE(quick->next_deadline());
  quick->tick(Instant(11s));
  EXPECT_TRUE(slow->is_too_slow());
  slow->fall_out();
  EXPECT_TRUE(slow->waiting().empty());
  EXPECT_FALSE(slow->is_too_slow());
  EXPECT_FALSE(quick->is_held_up());
  EXPECT_EQ(quick->listeners(), 1U);
}

TEST_F(Rooms, AreHeldUpForATenthOfTheirTimeAtMost) {
  const Member quick = enter("/a");
  quick->tick(Instant(10s));
  const auto lost_after = [&] {
    const Member slow = enter("/a");
    fill(quick);
    heard(quick);
    const Instant lost = *slow->next_deadline();
    quick->tick(lost);
    slow->fall_out();
    return lost;
  };
  EXPECT_EQ(lost_after(), Instant(11s));
  EXPECT_EQ(lost_after(), Instant(11s));
  quick->tick(Instant(16s));
  EXPECT_EQ(lost_after(), Instant(16s + 500ms));
}

}  // namespace
}  // namespace wsconform::chat_rooms_test
