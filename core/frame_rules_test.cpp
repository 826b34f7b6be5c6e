#include "core/frame_rules.h"

#include <gtest/gtest.h>

namespace wsconform::frame_rules_test {
namespace {

using enum Violation;
using enum Opcode;

constexpr MaskingKey key = {1, 2, 3, 4};

// A masked frame, as a client sends it.
FrameHeader from_client(Opcode opcode, std::uint64_t length = 0, bool fin = true) {
  FrameHeader header = header_for(opcode, length);
  header.fin = fin;
  header.masking_key = key;
  return header;
}
FrameHeader with_rsv(Opcode opcode, int rsv) {
  FrameHeader header = from_client(opcode);
  header.rsv1 = (rsv & 4) != 0;
  header.rsv2 = (rsv & 2) != 0;
  header.rsv3 = (rsv & 1) != 0;
  return header;
}
FrameHeader compressed(std::uint64_t length) {
  FrameHeader header = from_client(text, length);
  header.rsv1 = true;
  return header;
}
FrameHeader with_form(std::uint64_t length, LengthForm form) {
  FrameHeader header = from_client(binary, length);
  header.length_form = form;
  return header;
}

struct Row {
  const char* name = "";
  FrameHeader header;
  FrameContext context;
  std::optional<Violation> broken;
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class FrameRules : public testing::TestWithParam<Row> {};

TEST_P(FrameRules, NamesTheFirstRuleBroken) {
  EXPECT_EQ(check_header(GetParam().header, GetParam().context), GetParam().broken);
}

TEST_P(FrameRules, ARuleThatIsToleratedIsNotNamed) {
  const auto& [name, header, context, broken] = GetParam();
  if (!broken) return;
  FrameContext tolerant = context;
  tolerant.tolerated.set(static_cast<std::size_t>(*broken));
  EXPECT_NE(check_header(header, tolerant), broken);
}

const FrameContext idle{};
const FrameContext in_message{.in_message = true};
const FrameContext with_extension{.rsv1_defined = true};
const FrameContext in_extended_message{.in_message = true, .rsv1_defined = true};
const FrameContext small_with_extension{.rsv1_defined = true, .max_message = 10};
const FrameContext in_compressed_message{
    .in_message = true, .rsv1_defined = true, .max_message = 10, .compressed_so_far = true};
const FrameContext client{.receiver = Role::client};
const FrameContext small_frames{.max_frame = 100};
const FrameContext ten_left{.in_message = true, .max_message = 100, .message_so_far = 90};
const FrameContext none_left{.in_message = true, .max_message = 100, .message_so_far = 200};

INSTANTIATE_TEST_SUITE_P(
    Headers, FrameRules,
    testing::Values(
        Row{"Text", from_client(text, 5), idle, {}},
        Row{"Binary", from_client(binary, 70000), idle, {}},
        Row{"FirstFragment", from_client(text, 5, false), idle, {}},
        Row{"Continuation", from_client(continuation, 5, false), in_message, {}},
        Row{"LastContinuation", from_client(continuation), in_message, {}},
        Row{"PingInsideAMessage", from_client(ping, 125), in_message, {}},
        Row{"Close", from_client(Opcode::close, 2), idle, {}},
        Row{"Rsv1", with_rsv(text, 4), idle, rsv1_without_extension},
        Row{"Rsv2", with_rsv(text, 2), idle, rsv2_without_extension},
        Row{"Rsv3", with_rsv(text, 1), idle, rsv3_without_extension},
        Row{"AllRsv", with_rsv(text, 7), idle, rsv1_without_extension},
        Row{"CompressedMessageBeyondTheLimit", compressed(11), small_with_extension, {}},
        Row{"PlainMessageBeyondTheLimit", from_client(text, 11), small_with_extension,
            message_too_big},
        Row{"CompressedContinuation", from_client(continuation, 11), in_compressed_message, {}},
        Row{"Rsv1Negotiated", with_rsv(binary, 4), with_extension, {}},
        Row{"Rsv1And2WithRsv1Negotiated", with_rsv(binary, 6), with_extension,
            rsv2_without_extension},
        Row{"Rsv1NegotiatedOnContinuation", with_rsv(continuation, 4), in_extended_message,
            rsv1_without_extension},
        Row{"Rsv1NegotiatedOnPing", with_rsv(ping, 4), with_extension, rsv1_without_extension},
        Row{"Reserved3", from_client(reserved_3), idle, reserved_data_opcode},
        Row{"Reserved7InsideAMessage", from_client(reserved_7), in_message, reserved_data_opcode},
        Row{"ReservedB", from_client(reserved_b), idle, reserved_control_opcode},
        Row{"ReservedF", from_client(reserved_f), idle, reserved_control_opcode},
        Row{"FragmentedPing", from_client(ping, 0, false), idle, control_frame_fragmented},
        Row{"FragmentedClose", from_client(Opcode::close, 0, false), in_message,
            control_frame_fragmented},
        Row{"Orphan", from_client(continuation), idle, continuation_without_message},
        Row{"Interrupted", from_client(text), in_message, message_interrupted},
        Row{"InterruptedByAFragment", from_client(binary, 1, false), in_message,
            message_interrupted},
        Row{"ClientUnmasked", header_for(text, 5), idle, unmasked_client_frame},
        Row{"ServerUnmasked", header_for(text, 5), client, {}},
        Row{"ServerMasked", from_client(text, 5), client, masked_server_frame},
        Row{"HighBit", from_client(binary, 1ull << 63), idle, length_high_bit},
        Row{"AllOnes", from_client(binary, UINT64_MAX), idle, length_high_bit},
        Row{"LargestLegal", from_client(binary, UINT64_MAX >> 1), idle, {}},
        Row{"ShortInSixteenBits", with_form(125, LengthForm::bits16), idle, length_not_minimal},
        Row{"ShortInSixtyFourBits", with_form(0, LengthForm::bits64), idle, length_not_minimal},
        Row{"MiddlingInSixtyFourBits", with_form(65535, LengthForm::bits64), idle,
            length_not_minimal},
        Row{"LongPing", from_client(ping, 126), idle, control_frame_too_long},
        Row{"LongClose", from_client(Opcode::close, 70000), idle, control_frame_too_long},
        Row{"FrameAtTheLimit", from_client(binary, 100), small_frames, {}},
        Row{"FrameAboveTheLimit", from_client(binary, 101), small_frames, frame_too_big},
        Row{"LegalControlFrameAboveTheLimit", from_client(pong, 125), small_frames, {}},
        Row{"MessageAtTheLimit", from_client(continuation, 10), ten_left, {}},
        Row{"MessageAboveTheLimit", from_client(continuation, 11), ten_left, message_too_big},
        Row{"MessageAboveTheLimitWithoutOverflow", from_client(continuation, UINT64_MAX >> 1),
            ten_left, message_too_big},
        Row{"PingInAFullMessage", from_client(ping, 100), ten_left, {}},
        Row{"AnotherByteWhereTheLimitIsPassed", from_client(continuation, 1), none_left,
            message_too_big},
        Row{"RsvBeforeOpcode", with_rsv(reserved_3, 1), idle, rsv3_without_extension},
        Row{"OpcodeBeforeMask", header_for(reserved_3, 0), idle, reserved_data_opcode},
        Row{"MaskBeforeLength", header_for(ping, 126), idle, unmasked_client_frame}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(TolerantFrameRules, EverythingToleratedPassesEverything) {
  FrameContext context{.max_frame = 1, .max_message = 1};
  context.tolerated.set();
  for (const Row& row : {Row{"", with_rsv(reserved_f, 7), {}, {}},
                         Row{"", from_client(ping, 1ull << 63, false), {}, {}}})
    EXPECT_EQ(check_header(row.header, context), std::nullopt);
}

TEST(TolerantFrameRules, AnOversizeControlFrameStillMeetsTheFrameLimit) {
  FrameContext context{.max_frame = 200};
  context.tolerated.set(static_cast<std::size_t>(control_frame_too_long));
  EXPECT_EQ(check_header(from_client(ping, 200), context), std::nullopt);
  EXPECT_EQ(check_header(from_client(ping, 201), context), frame_too_big);
}

}  // namespace
}  // namespace wsconform::frame_rules_test
