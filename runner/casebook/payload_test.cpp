#include "runner/casebook/payload.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace wsconform::payload_test {
namespace {

using Kind = PayloadPart::Kind;

TEST(Payload, IsEmptyByDefault) {
  EXPECT_EQ(Payload().size(), 0u);
  EXPECT_TRUE(Payload().build().empty());
}

TEST(Payload, HoldsBytesAsTheyAre) {
  const Payload payload(to_bytes("hello"));
  EXPECT_EQ(payload.size(), 5u);
  EXPECT_EQ(payload.build(), to_bytes("hello"));
}

TEST(Payload, RepeatsUnitsInTheOrderOfItsParts) {
  const Payload payload({{Kind::repeated, to_bytes("ab"), 2},
                         {Kind::repeated, to_bytes("c"), 3},
                         {Kind::repeated, to_bytes("d"), 0}});
  EXPECT_EQ(payload.size(), 7u);
  EXPECT_EQ(payload.build(), to_bytes("ababccc"));
}

TEST(Payload, CountsWithoutBuilding) {
  EXPECT_EQ(Payload({{Kind::repeated, to_bytes("ab"), 1ull << 40}}).size(), 1ull << 41);
}

TEST(Payload, IsProseOfItsSize) {
  const Bytes prose = Payload({{Kind::prose, {}, 1001}}).build();
  EXPECT_EQ(prose.size(), 1001u);
  EXPECT_EQ(prose, Payload({{Kind::prose, {}, 1001}}).build());
  EXPECT_TRUE(std::ranges::all_of(prose, [](std::uint8_t byte) { return byte < 0x80; }));
  EXPECT_NE(Payload({{Kind::prose, {}, 1000}}).build(), Bytes(prose.begin(), prose.end() - 1));
}

TEST(Payload, IsRandomByItsSizeAlone) {
  const Payload payload({{Kind::random, {}, 1001}});
  EXPECT_EQ(payload.size(), 1001u);
  EXPECT_EQ(payload.build().size(), 1001u);
  EXPECT_EQ(payload.build(), payload.build());
  EXPECT_NE(Bytes(1001, payload.build().front()), payload.build());
  const Bytes other = Payload({{Kind::random, {}, 1000}}).build();
  EXPECT_FALSE(std::equal(other.begin(), other.end(), payload.build().begin()));
}

}  // namespace
}  // namespace wsconform::payload_test
