#include "fuzz/frame_header_property.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/frame_decoder.h"

namespace wsconform::frame_header_property_test {
namespace {

using enum Violation;
using testing::ElementsAre;
using testing::HasSubstr;

FrameHeader header_of(const Bytes& bytes) {
  return decode_header(bytes)->header;
}

TEST(FrameHeaderProperty, HoldsForEveryFirstTwoBytesInEveryContext) {
  for (unsigned choices = 0; choices < 32; ++choices) {
    for (unsigned bits = 0; bits < 0x10000; bits += 7) {
      const Bytes input = {static_cast<std::uint8_t>(choices),
                           static_cast<std::uint8_t>(bits >> 8),
                           static_cast<std::uint8_t>(bits),
                           0x00,
                           0x7E,
                           0,
                           0,
                           0,
                           1,
                           0,
                           0,
                           1,
                           2,
                           3};
      ASSERT_EQ(breach_of_frame_header(input), std::nullopt) << to_hex(input);
    }
  }
}

TEST(FrameHeaderProperty, HoldsForHeadersThatAreCut) {
  EXPECT_EQ(breach_of_frame_header({}), std::nullopt);
  EXPECT_EQ(breach_of_frame_header(Bytes{0, 0x81}), std::nullopt);
  EXPECT_EQ(breach_of_frame_header(Bytes{0, 0x81, 0xFF, 0x00}), std::nullopt);
}

TEST(RulesBroken, AreAllOfThemInTheOrderInWhichTheyAreTold) {
  const FrameHeader header = header_of({0x7B, 0x7E, 0x00, 0x05});
  EXPECT_THAT(rules_broken(header, {}),
              ElementsAre(rsv1_without_extension, rsv2_without_extension, rsv3_without_extension,
                          reserved_control_opcode, control_frame_fragmented, unmasked_client_frame,
                          length_not_minimal));
}

TEST(FrameHeaderOracles, SeeARuleThatIsNotToldAndOneThatIsToldInVain) {
  FrameHeader header = header_of({0xA1, 0x80, 1, 2, 3, 4});
  FrameContext tolerant;
  tolerant.tolerated.set(static_cast<std::size_t>(rsv2_without_extension));
  EXPECT_EQ(breach_of_header_rules(header, tolerant),
            "the header breaks rsv2-without-extension, and the judge tells nothing");
  EXPECT_EQ(breach_of_header_rules(header, {}), std::nullopt);
}

}  // namespace
}  // namespace wsconform::frame_header_property_test
