#include "core/growing_bytes.h"

#include <gtest/gtest.h>

namespace wsconform::growing_bytes_test {
namespace {

TEST(GrowingBytes, KeepWhatTheyHoldWhileTheyGrow) {
  GrowingBytes bytes;
  for (std::size_t i = 0; i < 100'000; ++i) {
    const auto byte = static_cast<std::uint8_t>(i % 251);
    bytes.append({&byte, 1});
  }
  ASSERT_EQ(bytes.size(), 100'000U);
  for (std::size_t i = 0; i < bytes.size(); ++i) ASSERT_EQ(bytes.view()[i], i % 251);
}

TEST(GrowingBytes, AreEmptyOnceTheyWereMoved) {
  GrowingBytes bytes;
  bytes.reserve(5);
  bytes.append(bytes_of("Hello"));
  const GrowingBytes moved = std::move(bytes);
  EXPECT_EQ(text_of(moved.view()), "Hello");
  bytes = GrowingBytes();
  EXPECT_EQ(bytes.capacity(), 0U);
  EXPECT_TRUE(bytes.view().empty());
}

TEST(GrowingBytes, LoseTheirFrontWhenItIsDropped) {
  GrowingBytes bytes;
  bytes.append(bytes_of("Hello"));
  bytes.drop_front(2);
  bytes.append(bytes_of("!"));
  EXPECT_EQ(text_of(bytes.view()), "llo!");
  bytes.drop_front(4);
  EXPECT_TRUE(bytes.empty());
}

TEST(GrowingBytes, TakeLittleRoomBeyondWhatIsLarge) {
  GrowingBytes bytes;
  bytes.reserve(4 * 1024 * 1024);
  EXPECT_EQ(bytes.roomier(), 5U * 1024 * 1024);
}

TEST(GrowingBytes, KeepTheirRoomWhenTheyAreCleared) {
  GrowingBytes bytes;
  bytes.reserve(10);
  bytes.append(bytes_of("Hello"));
  bytes.clear();
  EXPECT_TRUE(bytes.empty());
  EXPECT_EQ(bytes.capacity(), 10U);
}

}  // namespace
}  // namespace wsconform::growing_bytes_test
