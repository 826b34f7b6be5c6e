#include "core/handshake.h"

#include <gtest/gtest.h>

#include <ostream>

namespace wsconform::handshake_test {
namespace {

using enum HandshakeFault;

const std::string sample_key = "dGhlIHNhbXBsZSBub25jZQ==";

// The request of RFC 6455 §1.3 with `more` lines.
HttpHead sample_request(std::string_view more = "") {
  return parse_head(
      "GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\n"
      "Connection: Upgrade\r\nSec-WebSocket-Key: " +
      sample_key + "\r\nSec-WebSocket-Version: 13\r\n" + std::string(more) + "\r\n");
}

HttpHead without(HttpHead head, std::string_view name) {
  std::erase_if(head.fields, [&](const FieldLine& line) { return line.name == name; });
  return head;
}

TEST(AnswerRequest, AcceptsTheSampleRequest) {
  const HandshakeAnswer answer = answer_request(sample_request(), {});
  EXPECT_TRUE(answer.accepted);
  EXPECT_TRUE(answer.faults.empty());
  EXPECT_EQ(answer.body, "");
  EXPECT_EQ(write_head(answer.head),
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
}

TEST(AnswerRequest, SatisfiesTheJudgeOfTheOtherSide) {
  const ServerPolicy policy{
      .subprotocols = {"superchat", "chat"},
      .accept_extension = [](const Extension& offered) { return std::optional(offered); }};
  const auto answer =
      answer_request(sample_request("Sec-WebSocket-Protocol: chat, superchat\r\n"
                                    "Sec-WebSocket-Extensions: foo; a=\"1\"; b, bar, foo\r\n"),
                     policy);
  const ClientOffer offer{sample_key, {"chat", "superchat"}, {{"foo", {}}, {"bar", {}}}};
  EXPECT_TRUE(judge_response(answer.head, offer).empty());
  EXPECT_EQ(answer.subprotocol, "chat");
  EXPECT_EQ(answer.head.value("Sec-WebSocket-Protocol"), "chat");
  EXPECT_EQ(answer.head.value("Sec-WebSocket-Extensions"), "foo; a=1; b, bar");
}

TEST(AnswerRequest, SelectsTheFirstSubprotocolOfTheClientThatItSupports) {
  const ServerPolicy policy{.subprotocols = {"c", "b"}};
  const auto select = [&](std::string_view lines) {
    return answer_request(sample_request(lines), policy).subprotocol;
  };
  EXPECT_EQ(select("Sec-WebSocket-Protocol: a, b, c\r\n"), "b");
  EXPECT_EQ(select("Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: c,b\r\n"), "c");
  EXPECT_EQ(select("Sec-WebSocket-Protocol: a\r\n"), "");
  EXPECT_EQ(select("Sec-WebSocket-Protocol: B\r\n"), "");
  EXPECT_EQ(select(""), "");
}

TEST(AnswerRequest, NamesNoSubprotocolWhereNoneIsSelected) {
  const auto answer = answer_request(sample_request("Sec-WebSocket-Protocol: a\r\n"), {});
  EXPECT_TRUE(answer.accepted);
  EXPECT_EQ(answer.head.count("Sec-WebSocket-Protocol"), 0u);
}

TEST(AnswerRequest, AcceptsNoExtensionItDoesNotKnow) {
  const auto answer = answer_request(
      sample_request("Sec-WebSocket-Extensions: permessage-deflate, x-unknown; y\r\n"), {});
  EXPECT_TRUE(answer.accepted);
  EXPECT_TRUE(answer.extensions.empty());
  EXPECT_EQ(answer.head.count("Sec-WebSocket-Extensions"), 0u);
}

TEST(AnswerRequest, TakesTheFirstOfferOfAnExtensionThatItAccepts) {
  const ServerPolicy policy{.accept_extension = [](const Extension& offered) {
    return offered.parameters.empty() ? std::nullopt : std::optional(Extension{"x", {}});
  }};
  const auto answer =
      answer_request(sample_request("Sec-WebSocket-Extensions: x, x; a, x; b\r\n"), policy);
  EXPECT_EQ(answer.extensions, (std::vector<Extension>{{"x", {}}}));
}

struct RefusalRow {
  HandshakeFault fault;
  int status;
};
void PrintTo(const RefusalRow& row, std::ostream* out) {
  *out << rule_of(row.fault).name;
}

const auto fault_name = [](const auto& row) {
  std::string name(rule_of(row.param.fault).name);
  std::erase(name, '-');
  return name;
};

class Refuse : public testing::TestWithParam<RefusalRow> {};

TEST_P(Refuse, AnswersWithAStatusAReasonAndAnEnd) {
  const auto [fault, status] = GetParam();
  const HandshakeAnswer answer = refuse(fault);
  EXPECT_FALSE(answer.accepted);
  EXPECT_EQ(answer.faults, std::vector{fault});
  EXPECT_EQ(answer.body, std::string(rule_of(fault).says) + "\n");
  const auto line = parse_status_line(answer.head.start_line);
  ASSERT_TRUE(line);
  EXPECT_EQ(line->code, status);
  EXPECT_TRUE(answer.head.list_has("Connection", "close"));
  EXPECT_EQ(answer.head.value("Content-Type"), "text/plain");
  EXPECT_EQ(answer.head.value("Content-Length"), std::to_string(answer.body.size()));
  EXPECT_EQ(answer.head.count("Sec-WebSocket-Accept"), 0u);
}

TEST_P(Refuse, NamesWhatTheStatusRequires) {
  const auto [fault, status] = GetParam();
  const HttpHead head = refuse(fault).head;
  EXPECT_EQ(head.list_has("Upgrade", "websocket"), status == 426);
  EXPECT_EQ(head.list_has("Connection", "Upgrade"), status == 426);
  EXPECT_EQ(head.value("Sec-WebSocket-Version") == "13", status == 426);
  EXPECT_EQ(head.value("Allow") == "GET", status == 405);
  EXPECT_EQ(head.count("WWW-Authenticate") == 1, status == 401);
}

INSTANTIATE_TEST_SUITE_P(
    Faults, Refuse,
    testing::Values(RefusalRow{request_line_malformed, 400}, RefusalRow{method_not_get, 405},
                    RefusalRow{http_version_below_1_1, 400},
                    RefusalRow{http_version_unsupported, 505}, RefusalRow{target_malformed, 400},
                    RefusalRow{field_malformed, 400}, RefusalRow{host_missing, 400},
                    RefusalRow{host_repeated, 400}, RefusalRow{host_malformed, 400},
                    RefusalRow{body_announced, 400}, RefusalRow{upgrade_missing, 426},
                    RefusalRow{connection_missing_upgrade, 400}, RefusalRow{key_missing, 400},
                    RefusalRow{key_repeated, 400}, RefusalRow{key_malformed, 400},
                    RefusalRow{version_missing, 426}, RefusalRow{version_repeated, 426},
                    RefusalRow{version_unsupported, 426}, RefusalRow{subprotocols_malformed, 400},
                    RefusalRow{extensions_malformed, 400}, RefusalRow{head_too_large, 431},
                    RefusalRow{request_line_too_long, 414}, RefusalRow{origin_refused, 403},
                    RefusalRow{unauthorized, 401}),
    fault_name);

TEST(AnswerRequest, RefusesByTheFirstFault) {
  const auto answer = answer_request(parse_head("POST / HTTP/1.1\r\nHost: a\r\n\r\n"), {});
  EXPECT_EQ(answer.faults.front(), method_not_get);
  EXPECT_EQ(answer.faults.size(), 5u);
  EXPECT_EQ(answer.head.start_line, "HTTP/1.1 405 Method Not Allowed");
}

TEST(AnswerRequest, AsksAPlainGetToUpgrade) {
  const auto answer = answer_request(parse_head("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), {});
  EXPECT_EQ(answer.head.start_line, "HTTP/1.1 426 Upgrade Required");
  EXPECT_EQ(answer.head.value("Upgrade"), "websocket");
}

TEST(AnswerRequest, NamesTheVersionWheneverTheVersionIsWrong) {
  HttpHead request = without(without(sample_request(), "Sec-WebSocket-Version"), "Host");
  request.add("Sec-WebSocket-Version", "14");
  const auto answer = answer_request(request, {});
  EXPECT_EQ(answer.faults.front(), host_missing);
  EXPECT_EQ(answer.head.value("Sec-WebSocket-Version"), "13");
  EXPECT_EQ(answer.head.count("Upgrade"), 0u);
}

TEST(AnswerRequest, AcceptsOnlyTheOriginsOfItsPolicy) {
  const ServerPolicy policy{.allowed_origins = {"http://example.com", "https://b.example"}};
  const auto faults = [&](std::string_view lines) {
    return answer_request(sample_request(lines), policy).faults;
  };
  EXPECT_TRUE(faults("").empty());
  EXPECT_TRUE(faults("Origin: http://example.com\r\n").empty());
  EXPECT_TRUE(faults("Origin: HTTPS://B.example\r\n").empty());
  const std::vector refused{origin_refused};
  EXPECT_EQ(faults("Origin: null\r\n"), refused);
  EXPECT_EQ(faults("Origin:\r\n"), refused);
  EXPECT_EQ(faults("Origin: http://example.com.evil.test\r\n"), refused);
  EXPECT_EQ(faults("Origin: http://example.com:80\r\n"), refused);
  EXPECT_EQ(faults("Origin: http://example.com\r\nOrigin: http://example.com\r\n"), refused);
}

HttpHead response(std::string_view start_line) {
  return parse_head(start_line);
}

TEST(Gate, IsAskedOnlyForARequestThatIsOtherwiseRight) {
  int asked = 0;
  const ServerPolicy policy{.gate = [&](const HttpHead&) -> std::optional<HttpHead> {
    ++asked;
    return std::nullopt;
  }};
  EXPECT_FALSE(answer_request(parse_head("GET / HTTP/1.1\r\n\r\n"), policy).accepted);
  EXPECT_EQ(asked, 0);
  EXPECT_TRUE(answer_request(sample_request(), policy).accepted);
  EXPECT_EQ(asked, 1);
}

TEST(Gate, AnswersInItsOwnWordsAndEndsTheConnection) {
  const ServerPolicy policy{.gate = [](const HttpHead& request) {
    HttpHead head = response("HTTP/1.1 302 Found");
    head.add("Location", "/elsewhere" + std::string(request.value("Host").value_or("")));
    return std::optional(head);
  }};
  const auto answer = answer_request(sample_request(), policy);
  EXPECT_FALSE(answer.accepted);
  EXPECT_TRUE(answer.faults.empty());
  EXPECT_EQ(write_head(answer.head),
            "HTTP/1.1 302 Found\r\nLocation: /elsewhereserver.example.com\r\n"
            "Connection: close\r\nContent-Length: 0\r\n\r\n");
}

TEST(Gate, ReportsA401AsUnauthorized) {
  ServerPolicy policy{
      .gate = [](const HttpHead&) { return std::optional(response("HTTP/1.1 401 Unauthorized")); }};
  EXPECT_EQ(answer_request(sample_request(), policy).faults, std::vector{unauthorized});
  policy.tolerated.set(static_cast<std::size_t>(unauthorized));
  EXPECT_TRUE(answer_request(sample_request(), policy).accepted);
}

// One request for each fault that breaks nothing else: a line of the sample replaced, or one added.
struct ToleratedRow {
  HandshakeFault fault;
  std::string_view replaced;
  std::string_view by;
};
void PrintTo(const ToleratedRow& row, std::ostream* out) {
  *out << rule_of(row.fault).name;
}

constexpr std::string_view end = "Connection: Upgrade\r\n";
const std::vector<ToleratedRow> tolerated_rows{
    {request_line_malformed, "GET /chat HTTP/1.1", "GET /chat"},
    {method_not_get, "GET", "PUT"},
    {http_version_below_1_1, "HTTP/1.1", "HTTP/1.0"},
    {http_version_unsupported, "HTTP/1.1", "HTTP/2.0"},
    {target_malformed, "/chat", "/chat#"},
    {field_malformed, "Upgrade:", "Upgrade :"},
    {host_missing, "Host:", "X-Host:"},
    {host_repeated, end, "Connection: Upgrade\r\nHost: server.example.com\r\n"},
    {host_malformed, "server.example.com", "server/example.com"},
    {body_announced, end, "Connection: Upgrade\r\nContent-Length: 1\r\n"},
    {upgrade_missing, "websocket", "h2c"},
    {connection_missing_upgrade, end, "Connection: close\r\n"},
    {key_missing, "Sec-WebSocket-Key:", "X-Key:"},
    {key_repeated, end, "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"},
    {key_malformed, "jZQ==", "jZQ="},
    {version_missing, "Sec-WebSocket-Version:", "X-Version:"},
    {version_repeated, end, "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"},
    {version_unsupported, "Version: 13", "Version: 14"},
    {subprotocols_malformed, end, "Connection: Upgrade\r\nSec-WebSocket-Protocol: ;\r\n"},
    {extensions_malformed, end, "Connection: Upgrade\r\nSec-WebSocket-Extensions: ;\r\n"},
    {origin_refused, end, "Connection: Upgrade\r\nOrigin: null\r\n"}};

class Tolerated : public testing::TestWithParam<ToleratedRow> {};

TEST_P(Tolerated, FaultIsNotEnforced) {
  const auto [fault, replaced, by] = GetParam();
  std::string text = write_head(sample_request());
  text.replace(text.find(replaced), replaced.size(), by);
  const HttpHead request = parse_head(text);
  ServerPolicy policy{.allowed_origins = {"http://example.com"}};
  ASSERT_EQ(answer_request(request, policy).faults, std::vector{fault});
  policy.tolerated.set(static_cast<std::size_t>(fault));
  EXPECT_TRUE(answer_request(request, policy).accepted);
}

INSTANTIATE_TEST_SUITE_P(Faults, Tolerated, testing::ValuesIn(tolerated_rows), fault_name);

TEST(AnswerRequest, IsAskedForEveryFaultOfARequest) {
  // A request line or a head that is too long never becomes a request, and a 401 comes
  // from the gate.
  EXPECT_EQ(tolerated_rows.size() + 3, static_cast<std::size_t>(status_line_malformed));
  for (std::size_t i = 1; i < tolerated_rows.size(); ++i) {
    EXPECT_LT(tolerated_rows[i - 1].fault, tolerated_rows[i].fault);
  }
}

}  // namespace
}  // namespace wsconform::handshake_test
