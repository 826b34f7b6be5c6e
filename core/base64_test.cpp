#include "core/base64.h"

#include <gtest/gtest.h>

#include <string>

namespace wsconform::base64_test {
namespace {

// RFC 4648 §10.
TEST(Base64, HoldsForTheVectorsOfRfc4648) {
  const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                   {"f", "Zg=="},
                                                                   {"fo", "Zm8="},
                                                                   {"foo", "Zm9v"},
                                                                   {"foob", "Zm9vYg=="},
                                                                   {"fooba", "Zm9vYmE="},
                                                                   {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(base64_encode(bytes), text);
    EXPECT_EQ(base64_decode(text), bytes);
  }
}

TEST(Base64, GivesBackEveryByte) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  EXPECT_EQ(base64_decode(base64_encode(bytes)), bytes);
}

TEST(Base64, RefusesWhatIsNotBase64) {
  using namespace std::string_view_literals;
  for (const std::string_view text :
       {"Z"sv, "Zg"sv, "Zg="sv, "Z==="sv, "===="sv, "=Zg="sv, "Zg==Zg=="sv, "Z=g="sv, "Zm8-"sv,
        "Zm8_"sv, "Zm8 "sv, " Zm8"sv, "Zm9v\n"sv, "Zm\0v"sv, "Zm9\xC3"sv}) {
    EXPECT_EQ(base64_decode(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace wsconform::base64_test
