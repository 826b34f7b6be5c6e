#include "core/frame_encoder.h"

#include <gtest/gtest.h>

namespace wsconform::frame_encoder_test {
namespace {

std::string hex_of(const FrameHeader& header) {
  Bytes out;
  encode_header(header, out);
  return to_hex(out);
}

struct Row {
  const char* name = "";
  FrameHeader header;
  const char* hex = "";
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class EncodeHeader : public testing::TestWithParam<Row> {};

TEST_P(EncodeHeader, WritesTheHeaderAsItStands) {
  EXPECT_EQ(hex_of(GetParam().header), GetParam().hex);
}

constexpr MaskingKey key = {0x01, 0x02, 0x03, 0x04};
INSTANTIATE_TEST_SUITE_P(
    Headers, EncodeHeader,
    testing::Values(
        Row{"Plain", {}, "8100"}, Row{"NoFin", {.fin = false}, "0100"},
        Row{"Rsv1", {.rsv1 = true}, "c100"}, Row{"Rsv2", {.rsv2 = true}, "a100"},
        Row{"Rsv3", {.rsv3 = true}, "9100"},
        Row{"ReservedOpcode", {.opcode = Opcode::reserved_f}, "8f00"},
        Row{"Masked", {.masking_key = key, .payload_length = 5}, "818501020304"},
        Row{"SixteenBits",
            {.length_form = LengthForm::bits16, .payload_length = 0x1234},
            "817e1234"},
        Row{"SixtyFourBits",
            {.length_form = LengthForm::bits64, .payload_length = 0x8000000000000001},
            "817f8000000000000001"},
        Row{"MaskedSixtyFourBits",
            {.masking_key = key, .length_form = LengthForm::bits64, .payload_length = 1},
            "81ff000000000000000101020304"},
        Row{"NotMinimal", {.length_form = LengthForm::bits16, .payload_length = 5}, "817e0005"},
        Row{"TooLongForSevenBits",
            {.length_form = LengthForm::bits7, .payload_length = 0x81},
            "8101"},
        Row{"TooLongForSixteenBits",
            {.length_form = LengthForm::bits16, .payload_length = 0x12345},
            "817e2345"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Encode, MasksThePayloadAfterWhatIsThereAlready) {
  Bytes out = {0xEE};
  FrameHeader header = header_for(Opcode::text, 5);
  header.masking_key = MaskingKey{0x37, 0xFA, 0x21, 0x3D};
  encode(header, bytes_of("Hello"), out);
  EXPECT_EQ(to_hex(out), "ee818537fa213d7f9f4d5158");
}

TEST(Encode, WritesTheHeaderAndThePayloadMaskedWhateverItsSize) {
  for (const std::size_t size : {0U, 1U, 124U, 125U, 126U, 127U, 65'535U, 65'536U}) {
    FrameHeader header = header_for(Opcode::binary, size);
    header.masking_key = MaskingKey{0x37, 0xFA, 0x21, 0x3D};
    Bytes out = {0xEE};
    encode(header, Bytes(size, 0x37), out);
    Bytes expected = {0xEE};
    encode_header(header, expected);
    for (std::size_t i = 0; i < size; ++i) expected.push_back(0x37 ^ (*header.masking_key)[i % 4]);
    EXPECT_EQ(out, expected) << size;
  }
}

TEST(Encode, MayDeclareAnotherLengthThanItSends) {
  Bytes out;
  encode(header_for(Opcode::binary, 3), bytes_of("abcde"), out);
  EXPECT_EQ(to_hex(out), "8203" + to_hex(bytes_of("abcde")));
}

TEST(EncodeShort, WritesWhatEncodeWrites) {
  for (std::size_t size = 0; size <= max_short_payload; ++size) {
    const Bytes payload(size, 'x');
    Bytes out = {0xEE};
    encode_short(Opcode::ping, payload, out);
    Bytes expected = {0xEE};
    encode(header_for(Opcode::ping, size), payload, expected);
    EXPECT_EQ(out, expected) << size;
  }
}

}  // namespace
}  // namespace wsconform::frame_encoder_test
