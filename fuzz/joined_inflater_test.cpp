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

}  // namespace
}  // namespace wsconform::joined_inflater_test
