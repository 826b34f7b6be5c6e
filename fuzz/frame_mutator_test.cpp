#include "fuzz/frame_mutator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "core/tested_connection.h"

namespace wsconform::frame_mutator_test {
namespace {

using namespace tested;
using enum Opcode;

const Bytes choices = {1, 2};
const Bytes frames = joined(
    {encode(frame_from(Role::client, text, "Hello")), encode(frame_from(Role::client, ping, "p"))});

std::size_t turn_first_bit(std::uint8_t* bytes, std::size_t size, std::size_t) {
  if (size > 0) bytes[0] ^= 0x80;
  return size;
}

Bytes mutated(const Bytes& input, unsigned seed, std::size_t max_size = 4096) {
  return mutated_frames(input, choices.size(), max_size, seed, turn_first_bit);
}

TEST(FrameMutator, KeepsTheChoicesAndWholeFrames) {
  const Bytes input = joined({choices, frames});
  std::size_t whole = 0;
  for (unsigned seed = 1; seed < 400; seed += 2) {
    const Bytes other = mutated(input, seed);
    ASSERT_TRUE(std::ranges::equal(ByteView(other).first(2), choices));
    FrameDecoder decoder;
    std::vector<FrameDecoder::Item> items;
    decoder.feed(ByteView(other).subspan(2), items);
    whole += decoder.at_boundary() ? 1 : 0;
  }
  EXPECT_GT(whole, 150);  // of 200: the rest lies about a length
}

TEST(FrameMutator, MakesManyStreamsOfOne) {
  const Bytes input = joined({choices, frames});
  std::set<Bytes> all;
  std::set<Opcode> seen;
  for (unsigned seed = 1; seed < 400; seed += 2) {
    const Bytes other = mutated(input, seed);
    all.insert(other);
    std::vector<FrameDecoder::Item> items;
    FrameDecoder().feed(ByteView(other).subspan(2), items);
    for (const auto& item : items) seen.insert(item.frame.header.opcode);
  }
  EXPECT_GT(all.size(), 150);
  EXPECT_EQ(seen.size(), 8);
}

TEST(FrameMutator, LeavesAHeadBeforeTheFramesAsItIs) {
  const std::string head = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  const Bytes input = joined({choices, to_bytes(head), frames});
  EXPECT_TRUE(text_of(mutated(input, 7)).substr(2).starts_with(head));
}

TEST(FrameMutator, MutatesOneInFourWithoutKnowingAnything) {
  const Bytes input = joined({choices, frames});
  Bytes expected = input;
  expected[0] ^= 0x80;
  EXPECT_EQ(mutated(input, 8), expected);
}

TEST(FrameMutator, KeepsToTheSizeAndTakesAnyInput) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    EXPECT_LE(mutated(joined({choices, frames}), seed, 20).size(), 20);
    EXPECT_LE(mutated({}, seed, 20).size(), 20);
    EXPECT_LE(mutated(Bytes{1}, seed, 20).size(), 20);
  }
}

TEST(FrameMutator, DoesTheSameForTheSameSeed) {
  const Bytes input = joined({choices, frames});
  EXPECT_EQ(mutated(input, 11), mutated(input, 11));
}

}  // namespace
}  // namespace wsconform::frame_mutator_test
