#include "fuzz/joined_inflater.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/deflate.h"

namespace wsconform::joined_inflater_test {
namespace {

Bytes deflated(std::string_view text) {
  Bytes out;
  Deflater().deflate(bytes_of(text), out);
  return out;
}

TEST(JoinedInflater, GivesBackWhatWasDeflated) {
  JoinedInflater inflater(true, 1000);
  Bytes message;
  inflater.feed(deflated("Hello, hello, hello"), message);
  EXPECT_TRUE(inflater.end(message));
  EXPECT_EQ(text_of(message), "Hello, hello, hello");
}

TEST(JoinedInflater, TakesAMessageWithoutAnyOctetForAnEmptyOne) {
  JoinedInflater inflater(true, 1000);
  Bytes message;
  EXPECT_TRUE(inflater.end(message));
  EXPECT_TRUE(message.empty());
}

TEST(JoinedInflater, SeesAMessageThatDoesNotEndWithABlock) {
  JoinedInflater inflater(true, 1000);
  Bytes message;
  Bytes compressed = deflated("Hello, hello, hello");
  compressed.resize(compressed.size() - 3);
  inflater.feed(compressed, message);
  EXPECT_FALSE(inflater.end(message));
}

TEST(JoinedInflater, SeesWhatIsNoDeflate) {
  JoinedInflater inflater(true, 1000);
  Bytes message;
  inflater.feed(Bytes{0xFF, 0xFF, 0xFF}, message);
  EXPECT_TRUE(inflater.broken());
}

TEST(JoinedInflater, StopsWhereAMessageGrowsPastItsBound) {
  JoinedInflater inflater(true, 10'000);
  Bytes message;
  inflater.feed(deflated(std::string(1'000'000, 'a')), message);
  EXPECT_GT(message.size(), 10'000);
  EXPECT_LT(message.size(), 20'000);
}

// The octets put back are the last of a stored block: they are no part of the message.
TEST(JoinedInflater, SeesThatTheOctetsPutBackCompleteABlock) {
  for (const std::uint8_t final : Bytes{0, 1}) {
    JoinedInflater inflater(true, 1000);
    Bytes message;
    inflater.feed(Bytes{final, 0x05, 0x00, 0xFA, 0xFF, 'H'}, message);
    EXPECT_FALSE(inflater.end(message));
    EXPECT_EQ(text_of(message), "H");
  }
}

// The octets put back are codes of the message, whose block ends with them.
TEST(JoinedInflater, SeesThatTheOctetsPutBackAreReadAsCodes) {
  const Bytes message =
      from_hex(
          "44d75bb222c91104d07f56c10ad85395283198600a356a3e58bd8e7bd4ed310332331e1e1e914fde"
          "fb6df9efeffbf95f7fddcfffd97edd96db72fedfef5fcfcf9de6ba4eafedafdf0fd2f36dd139afcb"
          "67a15c9775d13f13f9bd7fefe7effdb5bdf7c8fcf0")
          .value();
  JoinedInflater inflater(true, 1000);
  Bytes inflated;
  inflater.feed(message, inflated);
  EXPECT_FALSE(inflater.broken());
  EXPECT_FALSE(inflater.end(inflated));
}

}  // namespace
}  // namespace wsconform::joined_inflater_test
