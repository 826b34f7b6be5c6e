#include "fuzz/http_head_property.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsconform::http_head_property_test {
namespace {

using testing::HasSubstr;

const std::string request = "GET / HTTP/1.1\r\nHost: localhost\r\nX: a b\r\n\r\n";
const std::string response = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";

std::string breach(std::uint8_t choices, std::string_view stream) {
  Bytes input = {choices, 5};
  append(input, stream);
  return breach_of_http_head(input).value_or("");
}

TEST(HttpHeadProperty, HoldsForHeadsOfBothKinds) {
  EXPECT_EQ(breach(0, request + "more"), "");
  EXPECT_EQ(breach(head_short, request), "");
  EXPECT_EQ(breach(head_short, "GET /" + std::string(200, 'a')), "");
  EXPECT_EQ(breach(head_of_response, response + "hi"), "");
  EXPECT_EQ(breach(head_of_response, response + "himore"), "");
  EXPECT_EQ(breach(head_of_response | head_to_head, response), "");
  EXPECT_EQ(
      breach(head_of_response,
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\n\r\nx"),
      "");
  EXPECT_EQ(breach(head_of_response, "HTTP/1.0 404 No\r\n\r\nuntil the end"), "");
}

TEST(HttpHeadProperty, HoldsForHeadsThatAreWrittenBadly) {
  EXPECT_EQ(breach(0, "\r\nGET / HTTP/1.1\r\nHost : a\r\n folded\r\n\r\n"), "");
  EXPECT_EQ(breach(0, "GET / HTTP/1.1\nHost: a\n\n"), "");
  EXPECT_EQ(breach(0, "GET /\r\n\r\n"), "");
  EXPECT_EQ(breach(head_of_response, "HTTP/1.1 99 No\r\n\r\n"), "");
  EXPECT_EQ(breach_of_http_head({}), std::nullopt);
}

TEST(SizeOfHead, EndsWithTheFirstEmptyLineThatDoesNotStandFirst) {
  EXPECT_EQ(size_of_head("GET / HTTP/1.1\r\n\r\nmore"), 18);
  EXPECT_EQ(size_of_head("\r\nGET / HTTP/1.1\n\nmore"), 18);
  EXPECT_EQ(size_of_head("\n\n\n"), 2);
  EXPECT_EQ(size_of_head("GET / HTTP/1.1\r\n"), std::nullopt);
}

TEST(HttpHeadOracles, SeeAHeadThatIsNoHead) {
  // An empty start line is written as an empty line, and so lost: no HeadReader takes
  // this for a head.
  EXPECT_NE(breach_of_round_trip("\n\nHost: a\n\n"), std::nullopt);
  EXPECT_EQ(breach_of_round_trip("\nGET / HTTP/1.1\n a\nb:\t c\r\n\r\n"), std::nullopt);
}

TEST(HttpHeadOracles, SeeAHeadThatBeastReadsOtherwise) {
  const auto against = [](const HttpHead& ours) {
    return breach_against_beast(request, HeadOf::request, ours).value_or("");
  };
  const HttpHead right = parse_head(request);
  EXPECT_EQ(against(right), "");
  HttpHead wrong = right;
  wrong.fields.pop_back();
  EXPECT_EQ(against(wrong), "Beast reads other fields");
  wrong = right;
  wrong.fields.front().value = "otherhost";
  EXPECT_EQ(against(wrong), "Beast reads other fields");
  wrong = right;
  wrong.start_line = "GET /other HTTP/1.1";
  EXPECT_EQ(against(wrong), "Beast reads another start line");
  wrong = right;
  wrong.start_line = "GET /";
  EXPECT_EQ(against(wrong), "Beast reads a start line that we do not");
  wrong = right;
  wrong.anomalies.push_back({HeadAnomaly::bare_lf, 0});
  EXPECT_THAT(against(wrong), HasSubstr("Beast takes a head with"));
}

TEST(HttpHeadOracles, LeaveOutTheReasonWhereThereIsNone) {
  const std::string text = "HTTP/1.1 200 \r\nServer: x\r\n\r\n";
  EXPECT_EQ(beast_response(text, true).value().start_line, "HTTP/1.1 200 OK");
  EXPECT_EQ(breach_against_beast(text, HeadOf::response, parse_head(text)), std::nullopt);
}

TEST(HttpHeadOracles, SeeAHeadThatBeastRefuses) {
  const std::string bad = "GET / HTTP/1.1\r\nHost : a\r\n\r\n";
  HttpHead clean = parse_head(bad);
  EXPECT_EQ(breach_against_beast(bad, HeadOf::request, clean), std::nullopt);
  clean.anomalies.clear();
  EXPECT_EQ(breach_against_beast(bad, HeadOf::request, clean).value_or(""),
            "Beast takes a clean head for none");
}

// A reader that was fed so much of the response.
HttpBodyReader reader_of(std::string_view body) {
  HttpBodyReader reader(parse_head(response), SIZE_MAX, "GET");
  reader.feed(bytes_of(body));
  return reader;
}

TEST(HttpHeadOracles, SeeABodyThatEndsElsewhere) {
  const BeastMessage whole = beast_response(response + "hi").value();
  EXPECT_EQ(breach_of_ended_body(reader_of("hi"), whole.size, whole), std::nullopt);
  EXPECT_EQ(breach_of_ended_body(reader_of("hi"), whole.size + 1, whole).value_or(""),
            "Beast ends the body elsewhere");
  EXPECT_EQ(breach_of_ended_body(reader_of("h"), whole.size, whole).value_or(""),
            "Beast reads a body to its end, and we do not");
  EXPECT_EQ(breach_of_ended_body(reader_of("ho"), whole.size, whole).value_or(""),
            "Beast reads another body");
}

TEST(HttpHeadOracles, LeaveOutBodiesBehindCodingsThatAreNone) {
  for (const char* const fields :
       {"Transfer-Encoding: odig: cunk, chunked\r\n\r\n",
        "Transfer-Encoding:t-Version: 13\r\nContent-Length: 2\r\n\r\nhi there"}) {
    const std::string text = std::string("HTTP/1.1 200 OK\r\n") + fields;
    ASSERT_TRUE(beast_response(text).value().complete);
    EXPECT_EQ(breach_of_body(text, false, 0), std::nullopt);
  }
}

// Beast goes by the length, which RFC 9112 §6.3 has overridden.
TEST(HttpHeadOracles, LeaveOutBodiesBehindALengthThatAnotherCodingThanChunkedOverrides) {
  const std::string text =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\nContent-Length: 3\r\n\r\nhi there";
  EXPECT_EQ(beast_response(text).value().body, "hi ");
  EXPECT_EQ(breach_of_body(text, false, 0), std::nullopt);
}

}  // namespace
}  // namespace wsconform::http_head_property_test
