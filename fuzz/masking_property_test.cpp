#include "fuzz/masking_property.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsconform::masking_property_test {
namespace {

using testing::HasSubstr;

constexpr MaskingKey key = {0x37, 0xFA, 0x21, 0x3D};
const Bytes payload(100, 'p');

std::string told(const Mask& wrong) {
  return breach_of_mask(wrong, payload, key, 3, 9).value_or("");
}

TEST(MaskingProperty, HoldsForPayloadsOfEverySizeAtEveryOffset) {
  for (std::size_t size = 0; size < 300; size += size < 70 ? 1 : 37) {
    for (std::uint8_t offset = 0; offset < 5; ++offset) {
      Bytes input = {0x37, 0xFA, 0x21, 0x3D, offset, 5};
      input.resize(input.size() + size, 'p');
      ASSERT_EQ(breach_of_masking(input), std::nullopt) << size;
    }
  }
  EXPECT_EQ(breach_of_masking({}), std::nullopt);
}

TEST(MaskingOracles, SeeAnOffsetThatIsNotKept) {
  EXPECT_THAT(told([](auto bytes, const auto& own_key, auto) { mask(bytes, own_key, 0); }),
              HasSubstr("something else"));
}

TEST(MaskingOracles, SeeAByteBesideThePayload) {
  EXPECT_THAT(told([](auto bytes, const auto& own_key, auto offset) {
                mask(bytes, own_key, offset);
                *(bytes.data() + bytes.size()) ^= 1;
              }),
              HasSubstr("beside"));
}

TEST(MaskingOracles, SeeWhatOnlyLongPayloadsAreGiven) {
  EXPECT_THAT(told([](auto bytes, const auto& own_key, auto offset) {
                mask(bytes, own_key, bytes.size() < 50 ? offset + 1 : offset);
              }),
              HasSubstr("in pieces"));
}

TEST(MaskingOracles, SeeWhatIsToldOfAscii) {
  const auto told_always = [](bool ascii) -> MaskShort {
    return [ascii](auto bytes, const auto& own_key) {
      mask(bytes, own_key);
      return ascii;
    };
  };
  const Bytes ascii(9, 0x37);
  EXPECT_EQ(breach_of_mask_short(told_always(true), ascii, {}), std::nullopt);
  EXPECT_THAT(breach_of_mask_short(told_always(false), ascii, {}).value(), HasSubstr("ASCII"));
  EXPECT_THAT(breach_of_mask_short(told_always(true), ascii, {0, 0, 0, 0x80}).value(),
              HasSubstr("ASCII"));
}

}  // namespace
}  // namespace wsconform::masking_property_test
