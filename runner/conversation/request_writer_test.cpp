#include "runner/conversation/request_writer.h"

#include <gtest/gtest.h>

#include "runner/casebook/cases_from_text.h"

namespace wsconform::request_writer_test {
namespace {

constexpr std::string_view key = "dGhlIHNhbXBsZSBub25jZQ==";

TargetProfile profile() {
  TargetProfile target;
  target.address = parse_target_url("ws://example.org:9001/chat?a=b").value();
  return target;
}

WrittenRequest written(std::string_view edits, const TargetProfile& target = profile()) {
  return write_request(step_of<SendRequest>(R"({"request": )" + std::string(edits) + "}"), target,
                       key);
}

// The head with its line ends made visible: CR LF is '|'.
std::string shown(std::string head) {
  for (std::size_t at = head.find("\r\n"); at != std::string::npos; at = head.find("\r\n", at)) {
    head.replace(at, 2, "|");
  }
  return head;
}
std::string head(std::string_view edits) {
  return shown(written(edits).head);
}

const std::string start = "GET /chat?a=b HTTP/1.1|";
const std::string host = "Host: example.org:9001|";
const std::string upgrade = "Upgrade: websocket|Connection: Upgrade|";
const std::string with_key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|";
const std::string version = "Sec-WebSocket-Version: 13|";

TEST(RequestWriter, WritesAPlainOpeningHandshake) {
  EXPECT_EQ(head("{}"), start + host + upgrade + with_key + version + "|");
}

struct Row {
  std::string_view name;
  std::string_view edits;
  std::string head;
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.name;
}

class EditedRequest : public testing::TestWithParam<Row> {};

TEST_P(EditedRequest, IsWrittenSo) {
  EXPECT_EQ(head(GetParam().edits), GetParam().head);
}

const Row rows[] = {
    {"Method", R"({"method": "POST"})",
     "POST /chat?a=b HTTP/1.1|" + host + upgrade + with_key + version + "|"},
    {"Target", R"({"target": "http://{host}{path}"})",
     "GET http://example.org:9001/chat?a=b HTTP/1.1|" + host + upgrade + with_key + version + "|"},
    {"Version", R"({"version": "HTTP/1.0"})",
     "GET /chat?a=b HTTP/1.0|" + host + upgrade + with_key + version + "|"},
    {"WholeLine", R"({"line": "GET  {path}"})",
     "GET  /chat?a=b|" + host + upgrade + with_key + version + "|"},
    {"SetInPlace", R"({"set": {"host": "x"}})",
     start + "host: x|" + upgrade + with_key + version + "|"},
    {"SetTwice", R"({"set": {"Host": ["x", "y"]}})",
     start + "Host: x|Host: y|" + upgrade + with_key + version + "|"},
    {"SetWhatIsNotThere", R"({"set": {"Origin": "null"}})",
     start + host + upgrade + with_key + version + "Origin: null|" + "|"},
    {"Drop", R"({"drop": ["HOST"]})", start + upgrade + with_key + version + "|"},
    {"Spell", R"({"spell": {"Host": "Host : {host}"}})",
     start + "Host : example.org:9001|" + upgrade + with_key + version + "|"},
    {"First", R"({"first": [" folded"]})",
     start + " folded|" + host + upgrade + with_key + version + "|"},
    {"AppendSoOften", R"({"append": [{"line": "X-{n}: {port}", "times": 2}]})",
     start + host + upgrade + with_key + version + "X-1: 9001|X-2: 9001|" + "|"},
    {"Unfinished", R"({"finished": false})", start + host + upgrade + with_key + version},
    {"WholeHead", R"({"bytes": "GET {path}\r\nK: {key}\r\n\r\n"})",
     "GET /chat?a=b|K: dGhlIHNhbXBsZSBub25jZQ==||"},
};
INSTANTIATE_TEST_SUITE_P(Edits, EditedRequest, testing::ValuesIn(rows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(RequestWriter, EndsLinesAsTheCaseSays) {
  EXPECT_EQ(written(R"({"drop": ["Upgrade", "Connection", "Sec-WebSocket-Key",
                                 "Sec-WebSocket-Version"], "line-end": "\n"})")
                .head,
            "GET /chat?a=b HTTP/1.1\nHost: example.org:9001\n\n");
}

TEST(RequestWriter, SendsTheFieldsAndSubprotocolsOfTheProfileToo) {
  TargetProfile target = profile();
  target.headers = {
      {.name = "Authorization", .value = "Bearer x", .raw = "Authorization: Bearer x"}};
  target.subprotocols = {"chat", "superchat"};
  EXPECT_EQ(shown(written("{}", target).head),
            start + host + upgrade + with_key + version +
                "Sec-WebSocket-Protocol: chat, superchat|Authorization: Bearer x||");
}

TEST(RequestWriter, PutsTheUsersFieldsInPlaceOfItsOwnOfThatName) {
  TargetProfile target = profile();
  target.headers = {{.name = "host", .value = "x", .raw = "host: x"},
                    {.name = "Upgrade", .value = "a", .raw = "Upgrade: a"},
                    {.name = "upgrade", .value = "b", .raw = "upgrade: b"}};
  EXPECT_EQ(
      shown(written("{}", target).head),
      start + "host: x|Upgrade: a|upgrade: b|Connection: Upgrade|" + with_key + version + "|");
}

TEST(RequestWriter, LetsTheCaseReplaceAFieldOfTheProfile) {
  TargetProfile target = profile();
  target.headers = {{.name = "Origin", .value = "http://a", .raw = "Origin: http://a"}};
  const std::string text = written(R"({"set": {"Origin": "http://b"}})", target).head;
  EXPECT_EQ(text.find("http://a"), std::string::npos);
  EXPECT_NE(text.find("Origin: http://b\r\n"), std::string::npos);
}

TEST(RequestWriter, KnowsWhatItOffers) {
  const ClientOffer offer = written(R"({"set": {"Sec-WebSocket-Protocol": ["a, b", "c"],
                          "Sec-WebSocket-Extensions": "x; y=1"}})")
                                .offer;
  EXPECT_EQ(offer.key, key);
  EXPECT_EQ(offer.subprotocols, (std::vector<std::string>{"a", "b", "c"}));
  ASSERT_EQ(offer.extensions.size(), 1U);
  EXPECT_EQ(offer.extensions[0].name, "x");
}

TEST(RequestWriter, OffersTheKeyThatTheCaseWrote) {
  EXPECT_EQ(written(R"({"set": {"Sec-WebSocket-Key": "short"}})").offer.key, "short");
}

TEST(RequestWriter, KnowsTheMethodThatDecidesAboutABody) {
  EXPECT_EQ(written(R"({"method": "HEAD"})").method, "HEAD");
  EXPECT_EQ(written(R"({"line": "OPTIONS * HTTP/1.1"})").method, "OPTIONS");
}

// A policy at the target's own URL

TargetProfile guarded() {
  TargetProfile target = profile();
  target.declare(
      {.origin = OriginPolicy{.allowed = {"https://a.example"}, .required = true},
       .basic = BasicPolicy{.good = {{"u", "p"}}},
       .cookie = CookiePolicy{.name = "n", .good = "v"},
       .ticket = TicketPolicy{.parameter = "t", .good = {"1", "2"}, .single_use = true}});
  return target;
}

std::string first_line(const std::string& head) {
  return head.substr(0, head.find('\r'));
}

TEST(RequestWriter, SendsWhatThePolicyAsksOfEveryRequest) {
  const TargetProfile target = guarded();
  TicketSource tickets(target.tickets);
  const std::string head = write_request({}, target, key, tickets).head;
  EXPECT_EQ(first_line(head), "GET /chat?a=b&t=1 HTTP/1.1");
  for (const char* line : {"Origin: https://a.example", "Authorization: Basic dTpw", "Cookie: n=v"})
    EXPECT_NE(head.find(std::string(line) + "\r\n"), std::string::npos) << line;
}

TEST(RequestWriter, TellsWhatOfTheRequestLetsIn) {
  const TargetProfile target = guarded();
  TicketSource tickets(target.tickets);
  std::vector<std::string> told;
  for (const auto& [value, before] : write_request({}, target, key, tickets).credentials)
    told.push_back(std::string(before) + value);
  EXPECT_EQ(told, (std::vector<std::string>{"=1", "Basic dTpw", "=v"}));
}

TEST(RequestWriter, SendsNothingForAPolicyThatHoldsElsewhere) {
  TargetProfile target = profile();
  target.declare({.origin = OriginPolicy{.allowed = {"https://a"}, .required = true, .path = "/o"},
                  .basic = BasicPolicy{.good = {{"u", "p"}}, .path = "/b"},
                  .cookie = CookiePolicy{.name = "n", .good = "v", .path = "/c"},
                  .ticket = TicketPolicy{.parameter = "t", .good = {"1"}, .path = "/t"}});
  EXPECT_EQ(written("{}", target).head, written("{}").head);
  EXPECT_EQ(first_line(written(R"({"target": "{policy.ticket-target}x"})", target).head),
            "GET /t?x HTTP/1.1");
  EXPECT_EQ(first_line(written(R"({"target": "{policy.origin-path}"})", target).head),
            "GET /o HTTP/1.1");
}

TEST(RequestWriter, AddsParametersBehindThoseOfThePath) {
  EXPECT_EQ(first_line(written(R"({"target": "{open-path}c=d"})").head),
            "GET /chat?a=b&c=d HTTP/1.1");
}

TEST(RequestWriter, LeavesAFieldToTheUserWhoGivesIt) {
  TargetProfile target = guarded();
  target.headers = {{.name = "cookie", .value = "n=mine", .raw = "cookie: n=mine"}};
  const HttpHead head = parse_head(written("{}", target).head);
  EXPECT_EQ(head.combined("Cookie"), "n=mine");
}

TEST(RequestWriter, TakesOneTicketForEachRequestThatAsksForOne) {
  const TargetProfile target = guarded();
  TicketSource tickets(target.tickets);
  SendRequest same;
  same.target = "/{policy.ticket}/{policy.ticket}";
  EXPECT_EQ(first_line(write_request(same, target, key, tickets).head), "GET /1/1 HTTP/1.1");
  SendRequest again;
  again.target = "/{policy.ticket-again}";
  EXPECT_EQ(first_line(write_request(again, target, key, tickets).head), "GET /1 HTTP/1.1");
  EXPECT_EQ(first_line(write_request(same, target, key, tickets).head), "GET /2/2 HTTP/1.1");
  EXPECT_FALSE(tickets.used_up());
  write_request(same, target, key, tickets);
  EXPECT_TRUE(tickets.used_up());
}

TEST(RequestWriter, LooksAtNothingTwiceThatItPutIn) {
  TargetProfile target = profile();
  target.declare({.cookie = CookiePolicy{.name = "n", .good = "{key}"}});
  EXPECT_EQ(parse_head(written("{}", target).head).combined("Cookie"), "n={key}");
}

}  // namespace
}  // namespace wsconform::request_writer_test
