#include "core/http_response.h"

#include <gtest/gtest.h>

#include <ostream>

#include "core/for_each_split.h"

namespace wsconform::http_response_test {
namespace {

struct BodyRow {
  const char* name;
  std::string head;  // lines after "HTTP/1.1 "
  std::string stream;
  std::string body;
  std::size_t taken;
};
void PrintTo(const BodyRow& row, std::ostream* out) {
  *out << row.name;
}

HttpHead response(const std::string& head) {
  return parse_head("HTTP/1.1 " + head);
}

// Feeds the whole stream in pieces, as far as it is taken.
std::size_t feed_all(HttpBodyReader& reader, const std::vector<ByteView>& pieces) {
  std::size_t taken = 0;
  for (const ByteView piece : pieces) taken += reader.feed(piece);
  return taken;
}

class WholeBody : public testing::TestWithParam<BodyRow> {};

TEST_P(WholeBody, IsFoundAtEveryCut) {
  const BodyRow& row = GetParam();
  for_each_split(bytes_of(row.stream), [&](const std::vector<ByteView>& pieces) {
    HttpBodyReader reader(response(row.head));
    EXPECT_EQ(feed_all(reader, pieces), row.taken);
    EXPECT_TRUE(reader.complete());
    EXPECT_FALSE(reader.malformed());
    EXPECT_EQ(reader.body(), row.body);
    EXPECT_EQ(reader.size(), row.body.size());
  });
}

const auto row_name = [](const auto& row) { return row.param.name; };
const std::string chunked = "200 OK\r\nTransfer-Encoding: chunked";

INSTANTIATE_TEST_SUITE_P(
    HttpBodyReader, WholeBody,
    testing::Values(
        BodyRow{"SwitchingProtocols", "101 Switching Protocols",
                "\x81\x01"
                "a",
                "", 0},
        BodyRow{"ContinueWithLength", "100 Continue\r\nContent-Length: 3", "abc", "", 0},
        BodyRow{"NoContent", "204 No Content\r\nContent-Length: 3", "abc", "", 0},
        BodyRow{"NotModified", "304 Not Modified\r\nContent-Length: 3", "abc", "", 0},
        BodyRow{"LengthZero", "400 Bad Request\r\nContent-Length: 0", "abc", "", 0},
        BodyRow{"Length", "400 Bad Request\r\ncontent-length: 3", "abcdef", "abc", 3},
        BodyRow{"LengthWithZeros", "400 Bad Request\r\nContent-Length: 0003", "abcd", "abc", 3},
        BodyRow{"SameLengthTwice", "400 A\r\nContent-Length: 3\r\nContent-Length: 3", "abcd", "abc",
                3},
        BodyRow{"Chunks", chunked, "3\r\nabc\r\nA;x=\"y\"\r\n0123456789\r\n0\r\n\r\nmore",
                "abc0123456789", 34},
        BodyRow{"ChunksInUpperAndLowerCase", chunked, "0a\r\n0123456789\r\n00\r\n\r\n",
                "0123456789", 22},
        BodyRow{"NoChunk", chunked, "0\r\n\r\n", "", 5},
        BodyRow{"Trailers", chunked, "1\r\na\r\n0\r\nX: 1\r\nY: 2\r\n\r\nHTTP", "a", 23},
        BodyRow{"ChunkedAfterGzip", "200 OK\r\nTransfer-Encoding: gzip, Chunked",
                "1\r\na\r\n0\r\n\r\n", "a", 11},
        BodyRow{"ChunkedOverridesLength", chunked + "\r\nContent-Length: 99", "0\r\n\r\n", "", 5}),
    row_name);

class BrokenBody : public testing::TestWithParam<BodyRow> {};

TEST_P(BrokenBody, IsMalformedAtEveryCut) {
  const BodyRow& row = GetParam();
  for_each_split(bytes_of(row.stream), [&](const std::vector<ByteView>& pieces) {
    HttpBodyReader reader(response(row.head));
    EXPECT_EQ(feed_all(reader, pieces), row.taken);
    EXPECT_TRUE(reader.malformed());
    EXPECT_FALSE(reader.complete());
    EXPECT_EQ(reader.body(), row.body);
  });
}

INSTANTIATE_TEST_SUITE_P(
    HttpBodyReader, BrokenBody,
    testing::Values(
        BodyRow{"LengthIsNoNumber", "200 OK\r\nContent-Length: x", "abc", "", 0},
        BodyRow{"LengthIsEmpty", "200 OK\r\nContent-Length:", "abc", "", 0},
        BodyRow{"LengthIsNegative", "200 OK\r\nContent-Length: -1", "abc", "", 0},
        BodyRow{"LengthHasASign", "200 OK\r\nContent-Length: +3", "abc", "", 0},
        BodyRow{"LengthBeyond64Bits", "200 OK\r\nContent-Length: 18446744073709551616", "a", "", 0},
        BodyRow{"TwoLengths", "200 OK\r\nContent-Length: 3\r\nContent-Length: 4", "abcd", "", 0},
        BodyRow{"TwoLengthsInOneLine", "200 OK\r\nContent-Length: 3, 4", "abcd", "", 0},
        BodyRow{"ChunkSizeIsNoNumber", chunked, "x\r\nabc", "", 3},
        BodyRow{"ChunkSizeIsEmpty", chunked, "\r\nabc", "", 2},
        BodyRow{"ChunkSizeIsNegative", chunked, "-1\r\nabc", "", 4},
        BodyRow{"ChunkSizeHasAPrefix", chunked, "0x1\r\na", "", 5},
        BodyRow{"ChunkSizeAfterASpace", chunked, " 1\r\na", "", 4},
        BodyRow{"ChunkSizeBeyond64Bits", chunked, "10000000000000000\r\na", "", 19},
        BodyRow{"ChunkSizeWithBareLf", chunked, "1\na\r\n0\r\n\r\n", "", 2},
        BodyRow{"ChunkLongerThanItsSize", chunked, "1\r\nab\r\n0\r\n\r\n", "a", 7},
        BodyRow{"TrailerWithBareLf", chunked, "0\r\nX: 1\n\r\n", "", 8},
        BodyRow{"NulAsChunkSize", chunked, std::string("\0\r\n", 3), "", 3}),
    row_name);

TEST(HttpBodyReader, IsNeitherCompleteNorMalformedWhileMoreMustCome) {
  for (const std::string& head : {std::string("200 OK\r\nContent-Length: 9"), chunked}) {
    HttpBodyReader reader(response(head));
    reader.feed(bytes_of("5\r\nab"));
    EXPECT_FALSE(reader.complete());
    EXPECT_FALSE(reader.malformed());
    reader.feed_end();
    EXPECT_TRUE(reader.malformed());
  }
}

TEST(HttpBodyReader, TakesEverythingUntilTheEndOfTheStreamWhereNothingElseEndsIt) {
  for (const char* const head : {"200 OK", "200 OK\r\nTransfer-Encoding: gzip", "nonsense"}) {
    HttpBodyReader reader(response(head));
    EXPECT_EQ(reader.feed(bytes_of("abc")), 3u);
    EXPECT_EQ(reader.feed(bytes_of("def")), 3u);
    EXPECT_FALSE(reader.complete());
    reader.feed_end();
    EXPECT_TRUE(reader.complete());
    EXPECT_EQ(reader.body(), "abcdef");
  }
}

TEST(HttpBodyReader, HasNoBodyInAResponseToHead) {
  HttpBodyReader reader(response("200 OK\r\nContent-Length: 3"), 100, "HEAD");
  EXPECT_TRUE(reader.complete());
}

TEST(HttpBodyReader, StaysCompleteWhenTheStreamEnds) {
  HttpBodyReader reader(response("200 OK\r\nContent-Length: 1"));
  reader.feed(bytes_of("a"));
  reader.feed_end();
  EXPECT_TRUE(reader.complete());
}

TEST(HttpBodyReader, KeepsNoMoreThanItWasToldTo) {
  HttpBodyReader reader(response("200 OK\r\nContent-Length: 18446744073709551615"), 4);
  const std::string piece(1000, 'x');
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(reader.feed(bytes_of(piece)), piece.size());
  EXPECT_EQ(reader.body(), "xxxx");
  EXPECT_EQ(reader.size(), 1'000'000u);
  EXPECT_FALSE(reader.complete());
}

TEST(HttpBodyReader, GivesUpOnAnEndlessChunkLine) {
  const std::string endless(100'000, '1');
  HttpBodyReader whole(response(chunked));
  const std::size_t taken = whole.feed(bytes_of(endless));
  EXPECT_TRUE(whole.malformed());
  EXPECT_LT(taken, 10'000u);
  HttpBodyReader bytewise(response(chunked));
  std::size_t taken_bytewise = 0;
  for (const char c : endless) taken_bytewise += bytewise.feed(bytes_of({&c, 1}));
  EXPECT_EQ(taken_bytewise, taken);
}

}  // namespace
}  // namespace wsconform::http_response_test
