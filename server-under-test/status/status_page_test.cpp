#include "server-under-test/status/status_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "server-under-test/status/sample_status.h"

namespace wsconform::status_page_test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

TEST(StatusJson, TellsAllThatIsKnownOfAClient) {
  const json status = json::parse(status_json(tested::sample_status()));
  EXPECT_EQ(status["page"][0], json::parse(R"({ "id": 7, "address": "192.0.2.1", "tls": true,
    "user": "ann", "path": "/chat", "subprotocol": "chat", "extension": "permessage-deflate",
    "age-s": 61, "received": { "messages": 1, "bytes": 5 }, "sent": { "messages": 2, "bytes": 10 },
    "round-trip-ms": 1.5 })"));
  EXPECT_TRUE(status["page"][1]["round-trip-ms"].is_null());
}

TEST(StatusJson, TellsOfTheServerAndWhereTheNextClientsAre) {
  const json status = json::parse(status_json(tested::sample_status()));
  EXPECT_EQ(status["now"], "2001-09-09T01:48:10Z");
  EXPECT_EQ(status["clients"], 3);
  EXPECT_EQ(status["since-start"]["answers"], json::parse(R"({ "101": 4, "404": 2 })"));
  EXPECT_EQ(status["since-start"]["sent"]["bytes"], 60);
  EXPECT_EQ(status["next"], "/status.json?after=8");
  EXPECT_FALSE(status.contains("max-per-address"));
  EXPECT_EQ(status["chat"]["members"], 5);
  EXPECT_EQ(status["chat"]["page"][1], json::parse(R"({ "name": "/chat/<b>\\xff", "members": 2,
    "behind": 0, "said": { "messages": 1, "bytes": 10 } })"));
}

TEST(StatusPage, RefreshesItselfAndShowsEachClient) {
  const HttpAnswer answer = status_page(tested::sample_status(), false);
  EXPECT_THAT(answer.body, HasSubstr("<meta http-equiv=\"refresh\""));
  EXPECT_THAT(answer.body, HasSubstr("<td>192.0.2.1 (TLS)<td>ann<td>/chat<td>chat"));
  EXPECT_THAT(answer.body, HasSubstr("1.5 ms"));
  EXPECT_THAT(answer.body,
              HasSubstr("<td>/chat<td class=\"n\">3<td class=\"n\">1<td class=\"n\">6 messages"));
  EXPECT_THAT(answer.body, HasSubstr("/chat/&lt;b&gt;\\xff"));
  EXPECT_THAT(answer.body, HasSubstr("href=\"/status?after=8\""));
  EXPECT_THAT(answer.body, Not(HasSubstr("<button")));
}

TEST(StatusPage, MakesWhatAClientSaysHarmless) {
  const HttpAnswer answer = status_page(tested::sample_status(), false);
  EXPECT_THAT(answer.body, HasSubstr("/&lt;script&gt;\\x1b[2J\\xff"));
  EXPECT_THAT(std::string(*answer.head.value("Content-Security-Policy")),
              HasSubstr("script-src 'none'"));
}

TEST(StatusPage, HasAButtonForEachClientWhereTheyCanBeClosed) {
  EXPECT_THAT(status_page(tested::sample_status(), true).body,
              HasSubstr("<form method=\"post\" action=\"/status/close\"><button name=\"id\" "
                        "value=\"7\">Close</button></form>"));
}

TEST(StatusPage, SaysThatNobodyIsThere) {
  EXPECT_THAT(status_page({}, false).body, HasSubstr("Nobody is connected."));
}

}  // namespace
}  // namespace wsconform::status_page_test
