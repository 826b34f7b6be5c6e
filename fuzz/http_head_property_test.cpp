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
  // A request is no response: what one takes, the other does not.
  EXPECT_THAT(breach_against_beast(response, HeadOf::request).value_or(""), "");
  EXPECT_THAT(
      breach_against_beast("HTTP/1.1 200 OK\r\nA: b\r\n\r\n", HeadOf::response).value_or(""), "");
}

TEST(HttpHeadOracles, SeeABodyThatEndsElsewhere) {
  // What stands in front of the head is not counted by size_of_head.
  EXPECT_EQ(breach_of_body(response + "hi", false, 1), std::nullopt);
  EXPECT_EQ(breach_of_body(response, true, 1), std::nullopt);
}

}  // namespace
}  // namespace wsconform::http_head_property_test
