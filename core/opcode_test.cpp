#include "core/opcode.h"

#include <gtest/gtest.h>

#include <set>

namespace wsconform::opcode_test {
namespace {

TEST(Opcode, ControlOpcodesHaveTheHighestBit) {
  for (int value = 0; value < 16; ++value)
    EXPECT_EQ(is_control(static_cast<Opcode>(value)), value >= 8) << value;
}

TEST(Opcode, ReservesWhatTheStandardLeavesOpen) {
  const std::set<int> assigned = {0x0, 0x1, 0x2, 0x8, 0x9, 0xA};
  for (int value = 0; value < 16; ++value)
    EXPECT_EQ(is_reserved(static_cast<Opcode>(value)), !assigned.contains(value)) << value;
}

TEST(Opcode, EveryOpcodeHasANameOfItsOwn) {
  for (int value = 0; value < 16; ++value) {
    const auto opcode = static_cast<Opcode>(value);
    EXPECT_EQ(opcode_named(name_of(opcode)), opcode);
  }
  EXPECT_EQ(name_of(Opcode::ping), "ping");
  EXPECT_EQ(name_of(Opcode::reserved_b), "reserved-b");
}

TEST(Opcode, KnowsNoOtherNames) {
  for (const char* name : {"", "Ping", "reserved", "reserved_b", "ping "})
    EXPECT_EQ(opcode_named(name), std::nullopt);
}

}  // namespace
}  // namespace wsconform::opcode_test
