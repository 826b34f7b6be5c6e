#include "server-under-test/site/front.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/for_each_split.h"

namespace wsconform::front_test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using enum Front::Turn;

std::shared_ptr<Site> tested_site() {
  auto site = std::make_shared<Site>([] { return std::chrono::sys_seconds(); });
  site->add({.path = "/said",
             .service = Service::page,
             .methods = {"GET", "POST"},
             .page = [](const PlainRequest& request) {
               return content("text/plain", request.body + " from " + request.client.address);
             }});
  return site;
}

Front front() {
  return Front({.site = tested_site(),
                .visit = std::make_shared<Visit>(Visit{.client = {.address = "192.0.2.1"}}),
                .max_head = 1000});
}

std::string answer_to(std::string_view request) {
  Front tested = front();
  EXPECT_EQ(tested.receive(bytes_of(request)), answered);
  return std::string(text_of(tested.take_answer()));
}

const std::string post = "POST /said HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nHello";

TEST(Front, AnswersAPlainRequestAtEveryCut) {
  for_each_split(bytes_of(post), [](const std::vector<ByteView>& pieces) {
    Front tested = front();
    for (std::size_t i = 0; i + 1 < pieces.size(); ++i) ASSERT_EQ(tested.receive(pieces[i]), more);
    ASSERT_EQ(tested.receive(pieces.back()), answered);
    EXPECT_THAT(std::string(text_of(tested.take_answer())),
                HasSubstr("\r\n\r\nHello from 192.0.2.1"));
  });
}

TEST(Front, LeavesAHandshakeToAConnectionAsItCame) {
  for (const std::string line : {"Upgrade: websocket", "Upgrade: h2c", "Connection: Upgrade",
                                 "Sec-WebSocket-Key: x", "sec-websocket-version: 13"}) {
    const std::string request = "GET / HTTP/1.1\r\n" + line + "\r\n\r\nand what follows";
    Front tested = front();
    EXPECT_EQ(tested.receive(bytes_of(request)), handshake);
    EXPECT_EQ(text_of(tested.take_received()), request);
  }
}

TEST(Front, LeavesAHeadThatIsTooLargeToAConnection) {
  Front tested = front();
  EXPECT_EQ(tested.receive(bytes_of("GET /" + std::string(2000, 'a'))), handshake);
}

TEST(Front, SendsAHeadWithoutContentForHead) {
  const std::string answer = answer_to("HEAD /said HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("Content-Length: 15\r\n"));
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST(Front, AnswersOptionsOfTheWholeServer) {
  EXPECT_THAT(answer_to("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n"), StartsWith("HTTP/1.1 204 "));
}

TEST(Front, TakesHttp10WithoutHost) {
  EXPECT_THAT(answer_to("GET / HTTP/1.0\r\n\r\n"), StartsWith("HTTP/1.1 200 "));
}

struct Refused {
  const char* name;
  std::string request;
  int status;
};
void PrintTo(const Refused& row, std::ostream* out) {
  *out << row.name;
}

class FrontRefuses : public testing::TestWithParam<Refused> {};

TEST_P(FrontRefuses, WithTheRightStatusDateAndReason) {
  const std::string answer = answer_to(GetParam().request);
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + std::to_string(GetParam().status) + ' '));
  EXPECT_THAT(answer, HasSubstr("\r\nDate: "));
  EXPECT_THAT(answer, HasSubstr("\r\nServer: "));
  EXPECT_THAT(answer, HasSubstr("\r\nContent-Type: text/plain"));
  EXPECT_TRUE(answer.ends_with(".\n")) << answer;
}

INSTANTIATE_TEST_SUITE_P(
    Requests, FrontRefuses,
    testing::Values(
        Refused{"WithoutHost", "GET / HTTP/1.1\r\n\r\n", 400},
        Refused{"OfHttp2", "GET / HTTP/2.0\r\nHost: h\r\n\r\n", 505},
        Refused{"WithAFoldedLine", "GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n c\r\n\r\n", 400},
        Refused{"WithoutARequestLine", "GET\r\nHost: h\r\n\r\n", 400},
        Refused{"OfAPathWithNul", "GET /%00 HTTP/1.1\r\nHost: h\r\n\r\n", 400},
        Refused{"WithChunks",
                "POST /said HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n", 411},
        Refused{"WithTwoLengths",
                "POST /said HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
                400},
        Refused{"WithANegativeLength",
                "POST /said HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n", 400},
        Refused{"WithALengthBeyondAllNumbers",
                "POST /said HTTP/1.1\r\nHost: h\r\nContent-Length: 18446744073709551616\r\n\r\n",
                400},
        Refused{"WithALargeBody", "POST /said HTTP/1.1\r\nHost: h\r\nContent-Length: 65537\r\n\r\n",
                413},
        Refused{
            "WithAnExpectation",
            "POST /said HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n",
            417}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace wsconform::front_test
