#include "fuzz/cutting.h"

#include <gtest/gtest.h>

#include <numeric>

namespace wsconform::cutting_test {
namespace {

Bytes counting(std::size_t size) {
  Bytes bytes(size);
  std::iota(bytes.begin(), bytes.end(), std::uint8_t{0});
  return bytes;
}

TEST(Cut, LeavesNothingOutAndNoPieceEmpty) {
  const Bytes stream = counting(600);
  for (unsigned choice = 0; choice < 256; ++choice) {
    Bytes joined;
    for (const ByteView piece : cut(stream, static_cast<std::uint8_t>(choice))) {
      EXPECT_FALSE(piece.empty());
      append(joined, piece);
    }
    EXPECT_EQ(joined, stream) << choice;
  }
}

TEST(Cut, IsWholeOrByteByByteWhenAskedFor) {
  const Bytes stream = counting(pieces_between_doublings);
  EXPECT_EQ(cut(stream, 0).size(), 1);
  EXPECT_EQ(cut(stream, 1).size(), stream.size());
}

TEST(Cut, FollowsTheBytesOfTheStream) {
  Bytes stream = counting(50);
  const std::size_t first = cut(stream, 9).front().size();
  stream.front() += 1;
  EXPECT_NE(cut(stream, 9).front().size(), first);
}

TEST(Cut, GetsCoarserInALongStream) {
  const auto pieces = cut(counting(4 * pieces_between_doublings), 1);
  EXPECT_EQ(pieces[pieces_between_doublings].size(), 2);
  EXPECT_EQ(pieces.back().size(), 4);
}

TEST(Cut, OfNothingHasNoPieces) {
  EXPECT_TRUE(cut({}, 0).empty());
}

TEST(LonePieces, AreThoseOfTheCut) {
  const Bytes stream = counting(600);
  for (unsigned choice = 0; choice < 256; ++choice) {
    LonePieces pieces(stream, static_cast<std::uint8_t>(choice));
    for (const ByteView expected : cut(stream, static_cast<std::uint8_t>(choice)))
      EXPECT_TRUE(std::ranges::equal(pieces.next(), expected)) << choice;
    EXPECT_TRUE(pieces.next().empty());
  }
}

TEST(LonePieces, JoinTheRestOnceTheyAreAskedTo) {
  const Bytes stream = counting(50);
  LonePieces pieces(stream, 1);
  pieces.next();
  pieces.join_rest();
  EXPECT_TRUE(std::ranges::equal(pieces.next(), ByteView(stream).subspan(1)));
  EXPECT_TRUE(pieces.next().empty());
}

TEST(LonePieces, LeaveNothingBehindForWhoLooksBack) {
#if defined(__SANITIZE_ADDRESS__)
  GTEST_SKIP() << "The sanitizer catches it.";
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
  GTEST_SKIP() << "The sanitizer catches it.";
#endif
#endif
  LonePieces pieces(counting(50), 4);
  const ByteView first = pieces.next();
  const std::uint8_t was = first.front();
  pieces.next();
  EXPECT_NE(first.front(), was);
}

TEST(TakeChoice, TakesTheFirstByteAndZeroWhereThereIsNone) {
  const Bytes bytes = {7, 8};
  ByteView input = bytes;
  EXPECT_EQ(take_choice(input), 7);
  EXPECT_EQ(take_choice(input), 8);
  EXPECT_EQ(take_choice(input), 0);
}

}  // namespace
}  // namespace wsconform::cutting_test
