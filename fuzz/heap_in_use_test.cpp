#include "fuzz/heap_in_use.h"

#include <gtest/gtest.h>

#include "core/bytes.h"

namespace wsconform::heap_in_use_test {
namespace {

TEST(HeapInUse, CountsWhatIsAllocatedAndForgetsWhatIsFreed) {
  constexpr std::size_t size = 1'000'000;
  constexpr std::size_t slack = 10'000;
  const std::size_t before = heap_in_use();
  Bytes held;
  held.reserve(size);
  EXPECT_GE(heap_in_use(), before + size);
  EXPECT_LE(heap_in_use(), before + size + slack);
  held = Bytes();
  EXPECT_LE(heap_in_use(), before + slack);
}

}  // namespace
}  // namespace wsconform::heap_in_use_test
