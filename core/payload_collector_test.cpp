#include "core/payload_collector.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace wsconform::payload_collector_test {
namespace {

TEST(PayloadCollector, ViewsASinglePieceWhereItLies) {
  const Bytes whole = to_bytes("Hello");
  PayloadCollector collector;
  collector.view(whole);
  EXPECT_EQ(collector.size(), 5u);
  EXPECT_EQ(collector.finish().data(), whole.data());
  EXPECT_EQ(collector.size(), 0u);
}

TEST(PayloadCollector, JoinsPieces) {
  PayloadCollector collector;
  for (const char* piece : {"H", "", "el", "lo"}) collector.add(bytes_of(piece), 0);
  EXPECT_EQ(collector.size(), 5u);
  EXPECT_EQ(text_of(collector.finish()), "Hello");
}

void write(PayloadCollector& collector, char byte, std::size_t count) {
  std::ranges::fill(collector.room().first(count), static_cast<std::uint8_t>(byte));
  collector.add_from_room(count);
}

TEST(PayloadCollector, TakesWhatIsWrittenIntoItsRoom) {
  PayloadCollector collector;
  write(collector, 'a', 2);
  write(collector, 'b', collector.room().size());
  write(collector, 'c', 1);
  EXPECT_EQ(text_of(collector.finish()), "aa" + std::string(510, 'b') + "c");
}

TEST(PayloadCollector, HasNoMoreRoomThanCame) {
  PayloadCollector collector;
  EXPECT_EQ(collector.room().size(), 512U);
  collector.add_from_room(512);
  EXPECT_EQ(collector.room().size(), 512U);
  collector.add_from_room(512);
  EXPECT_EQ(collector.room().size(), 1024U);
}

TEST(PayloadCollector, GivesRoomBesideAFinishedPayload) {
  PayloadCollector collector;
  write(collector, 'a', 3);
  const ByteView first = collector.finish();
  write(collector, 'b', 3);
  EXPECT_EQ(text_of(first), "aaa");
  EXPECT_EQ(text_of(collector.finish()), "bbb");
}

TEST(PayloadCollector, IsEmptyWhenNothingCame) {
  PayloadCollector collector;
  EXPECT_TRUE(collector.finish().empty());
}

TEST(PayloadCollector, FinishedPayloadsLiveSideBySideUntilRelease) {
  PayloadCollector collector;
  std::vector<ByteView> finished;
  for (int i = 0; i < 50; ++i) {
    collector.add(bytes_of("payload "), 0);
    collector.add(bytes_of(std::to_string(i)), 0);
    finished.push_back(collector.finish());
  }
  for (std::size_t i = 0; i < finished.size(); ++i)
    EXPECT_EQ(text_of(finished[i]), "payload " + std::to_string(i));
  collector.release();
  collector.add(bytes_of("next"), 0);
  EXPECT_EQ(text_of(collector.finish()), "next");
}

TEST(PayloadCollector, APayloadUnderWayOutlivesRelease) {
  PayloadCollector collector;
  collector.add(bytes_of("finished"), 0);
  collector.finish();
  collector.add(bytes_of("under"), 0);
  collector.release();
  collector.add(bytes_of(" way"), 0);
  EXPECT_EQ(text_of(collector.finish()), "under way");
}

TEST(PayloadCollector, APayloadUnderWayOutlivesFinishedOnesBeforeIt) {
  PayloadCollector collector;
  collector.add(bytes_of("first"), 0);
  const ByteView first = collector.finish();
  EXPECT_EQ(collector.size(), 0U);
  collector.drop();  // nothing is under way
  EXPECT_EQ(text_of(first), "first");
  collector.add(bytes_of("second"), 0);
  collector.finish();
  EXPECT_EQ(text_of(first), "first");
  collector.add(bytes_of("th"), 0);
  collector.rest();
  EXPECT_EQ(collector.size(), 2U);
  collector.add(bytes_of("ird"), 0);
  EXPECT_EQ(text_of(collector.finish()), "third");
  collector.rest();
  EXPECT_EQ(collector.held(), 0U);
  EXPECT_TRUE(collector.finish().empty());
}

TEST(PayloadCollector, AWholePayloadIsViewedBesideAFinishedOne) {
  PayloadCollector collector;
  collector.add(bytes_of("joined"), 0);
  const ByteView joined = collector.finish();
  const Bytes whole = to_bytes("whole");
  collector.view(whole);
  EXPECT_EQ(collector.size(), 5U);
  EXPECT_EQ(collector.finish().data(), whole.data());
  EXPECT_EQ(text_of(joined), "joined");
}

TEST(PayloadCollector, ForgetsADroppedPayload) {
  PayloadCollector collector;
  collector.add(bytes_of("dropped"), 0);
  collector.drop();
  collector.add(bytes_of("kept"), 0);
  EXPECT_EQ(text_of(collector.finish()), "kept");
}

TEST(PayloadCollector, ReservesAtMostTwiceWhatCameWhateverIsDeclared) {
  PayloadCollector collector;
  for (int i = 0; i < 1000; ++i) {
    collector.add(Bytes(100), UINT64_MAX);
    ASSERT_LE(collector.reserved(), 2 * collector.size());
  }
}

TEST(PayloadCollector, ReservesNoMoreThanIsDeclared) {
  PayloadCollector collector;
  for (std::uint64_t left = 99'900; left > 0; left -= 100) collector.add(Bytes(100), left - 100);
  EXPECT_EQ(collector.reserved(), collector.size());
}

TEST(PayloadCollector, MovesManySmallFramesFewTimes) {
  PayloadCollector collector;
  int moves = 0;
  for (int i = 0; i < 10'000; ++i) {
    const std::size_t before = collector.reserved();
    collector.add(Bytes(32), 32);
    collector.add(Bytes(32), 0);
    moves += collector.reserved() == before ? 0 : 1;
    ASSERT_LE(collector.reserved(), 2 * collector.size());
  }
  EXPECT_LT(moves, 32);
}

TEST(PayloadCollector, GivesBigMemoryBack) {
  PayloadCollector collector;
  for (int i = 0; i < 2; ++i) collector.add(Bytes(1024 * 1024), 0);
  collector.finish();
  collector.release();
  EXPECT_EQ(collector.reserved(), 0u);
}

TEST(PayloadCollector, UsesSmallMemoryAgain) {
  PayloadCollector collector;
  collector.add(Bytes(100), 0);
  collector.add(Bytes(100), 0);
  collector.finish();
  collector.release();
  EXPECT_GE(collector.reserved(), 200u);
}

}  // namespace
}  // namespace wsconform::payload_collector_test
