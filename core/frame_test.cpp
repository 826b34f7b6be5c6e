#include "core/frame.h"

#include <gtest/gtest.h>

namespace wsconform::frame_test {
namespace {

struct Row {
  const char* name = "";
  std::uint64_t length = 0;
  LengthForm form = LengthForm::bits7;
  std::size_t header_size = 0;  // without a masking key
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class FrameLengths : public testing::TestWithParam<Row> {};

TEST_P(FrameLengths, UsesTheShortestForm) {
  const Row& row = GetParam();
  EXPECT_EQ(shortest_form(row.length), row.form);
  EXPECT_EQ(header_for(Opcode::binary, row.length).length_form, row.form);
}

TEST_P(FrameLengths, AMaskAddsFourBytesToTheHeader) {
  FrameHeader header = header_for(Opcode::binary, GetParam().length);
  EXPECT_EQ(size_of(header), GetParam().header_size);
  header.masking_key = MaskingKey{};
  EXPECT_EQ(size_of(header), GetParam().header_size + 4);
  EXPECT_LE(size_of(header), max_header_size);
}

INSTANTIATE_TEST_SUITE_P(Lengths, FrameLengths,
                         testing::Values(Row{"Empty", 0, LengthForm::bits7, 2},
                                         Row{"LastOfSevenBits", 125, LengthForm::bits7, 2},
                                         Row{"FirstOfSixteenBits", 126, LengthForm::bits16, 4},
                                         Row{"LastOfSixteenBits", 65535, LengthForm::bits16, 4},
                                         Row{"FirstOfSixtyFourBits", 65536, LengthForm::bits64, 10},
                                         Row{"Largest", UINT64_MAX, LengthForm::bits64, 10}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(HeaderFor, IsAnOrdinaryUnmaskedFrame) {
  const FrameHeader header = header_for(Opcode::ping, 5);
  EXPECT_EQ(header, (FrameHeader{.opcode = Opcode::ping, .payload_length = 5}));
  EXPECT_TRUE(header.fin);
  EXPECT_FALSE(header.rsv1 || header.rsv2 || header.rsv3 || header.masking_key);
}

}  // namespace
}  // namespace wsconform::frame_test
