#include "core/handshake_judge.h"

#include <gtest/gtest.h>

#include <ostream>
#include <set>

#include "core/ascii.h"

namespace wsconform::handshake_judge_test {
namespace {

using enum HandshakeFault;
using Faults = std::vector<HandshakeFault>;

std::string names_of(const Faults& faults) {
  std::string text;
  for (const HandshakeFault fault : faults) {
    text.append(text.empty() ? "" : " ").append(rule_of(fault).name);
  }
  return text;
}

// A head with some of its lines changed: each change drops every line of its name and adds
// the lines given.
struct Change {
  std::string_view name;
  std::vector<std::string> lines;
};
std::string changed(std::string_view start_line, std::vector<std::string> lines,
                    const std::vector<Change>& changes) {
  for (const Change& change : changes) {
    std::erase_if(lines, [&](const std::string& line) {
      return equals_ignoring_case(line.substr(0, line.find(':')), change.name);
    });
    lines.insert(lines.end(), change.lines.begin(), change.lines.end());
  }
  std::string text(start_line);
  for (const std::string& line : lines) text.append("\r\n").append(line);
  return text + "\r\n\r\n";
}

constexpr const char* request_line = "GET /chat HTTP/1.1";
const std::string sample_key = "dGhlIHNhbXBsZSBub25jZQ==";

std::string request_with(const std::vector<Change>& changes,
                         std::string_view start_line = request_line) {
  return changed(start_line,
                 {"Host: server.example.com", "Upgrade: websocket", "Connection: Upgrade",
                  "Sec-WebSocket-Key: " + sample_key, "Origin: http://example.com",
                  "Sec-WebSocket-Protocol: chat, superchat", "Sec-WebSocket-Version: 13"},
                 changes);
}

struct RequestRow {
  const char* name;
  std::string text;
  Faults faults;
};
void PrintTo(const RequestRow& row, std::ostream* out) {
  *out << row.name;
}

class JudgeRequest : public testing::TestWithParam<RequestRow> {};

TEST_P(JudgeRequest, FindsExactlyTheseFaults) {
  EXPECT_EQ(names_of(judge_request(parse_head(GetParam().text))), names_of(GetParam().faults));
}

RequestRow starting(const char* name, std::string_view start_line, Faults faults) {
  return {name, request_with({}, start_line), std::move(faults)};
}
RequestRow with(const char* name, std::string_view field, std::vector<std::string> lines,
                Faults faults) {
  return {name, request_with({{field, std::move(lines)}}), std::move(faults)};
}

const auto row_name = [](const auto& row) { return row.param.name; };

const std::vector<RequestRow> request_line_rows{
    starting("Sample", request_line, {}),
    starting("Http12", "GET / HTTP/1.2", {}),
    starting("Http19", "GET / HTTP/1.9", {}),
    starting("AbsoluteForm", "GET http://server.example.com/chat HTTP/1.1", {}),
    starting("Missing", "", {request_line_malformed, host_missing}),
    starting("Http09", "GET /", {request_line_malformed}),
    starting("TwoSpaces", "GET  / HTTP/1.1", {request_line_malformed}),
    starting("SpaceInTarget", "GET /a b HTTP/1.1", {request_line_malformed}),
    starting("NotHttp", "GET / WS/1.1", {request_line_malformed}),
    starting("Post", "POST / HTTP/1.1", {method_not_get}),
    starting("LowerCaseGet", "get / HTTP/1.1", {method_not_get}),
    starting("Http10", "GET / HTTP/1.0", {http_version_below_1_1}),
    starting("Http20", "GET / HTTP/2.0", {http_version_unsupported}),
    starting("Http90", "GET / HTTP/9.0", {http_version_unsupported}),
    starting("Http2Preface", "PRI * HTTP/2.0",
             {http_version_unsupported, method_not_get, target_malformed}),
    starting("AsteriskForm", "GET * HTTP/1.1", {target_malformed}),
    starting("AuthorityForm", "GET example.com:80 HTTP/1.1", {target_malformed}),
    starting("Fragment", "GET /a#b HTTP/1.1", {target_malformed}),
    starting("ControlByteInTarget", "GET /\x01 HTTP/1.1", {target_malformed, field_malformed})};
INSTANTIATE_TEST_SUITE_P(RequestLine, JudgeRequest, testing::ValuesIn(request_line_rows), row_name);

const std::vector<RequestRow> writing_rows{
    RequestRow{"EmptyLineFirst", "\r\n" + request_with({}), {}},
    with("BareLf", "X", {"X: 1\nY: 2"}, {field_malformed}),
    with("NoColon", "X", {"X"}, {field_malformed}),
    with("SpaceBeforeColon", "X", {"X : 1"}, {field_malformed}),
    with("ObsFold", "X", {"X: 1\r\n 2"}, {field_malformed}),
    with("BareCr", "X", {"X: 1\r2"}, {field_malformed}),
    with("Nul", "X", {std::string("X: \0", 4)}, {field_malformed}),
    with("EightBitValue", "X", {"X: \xC3\xA9\xFF"}, {}),
    with("ContentLength", "Content-Length", {"Content-Length: 5"}, {body_announced}),
    with("ContentLengthZero", "Content-Length", {"Content-Length: 0"}, {}),
    with("ContentLengthEmpty", "Content-Length", {"Content-Length:"}, {body_announced}),
    with("ContentLengthTwice", "Content-Length", {"Content-Length: 0", "content-length: 5"},
         {body_announced}),
    with("Chunked", "Transfer-Encoding", {"Transfer-Encoding: chunked"}, {body_announced})};
INSTANTIATE_TEST_SUITE_P(Writing, JudgeRequest, testing::ValuesIn(writing_rows), row_name);

const std::vector<RequestRow> host_rows{
    with("NoHost", "Host", {}, {host_missing}),
    with("HostTwice", "Host", {"Host: a", "Host: a"}, {host_repeated}),
    with("HostEmpty", "Host", {"Host:"}, {host_malformed}),
    with("HostWithPath", "Host", {"Host: a/b"}, {host_malformed}),
    with("HostWithPort", "Host", {"hOST:a:8080"}, {})};
INSTANTIATE_TEST_SUITE_P(Host, JudgeRequest, testing::ValuesIn(host_rows), row_name);

const std::vector<RequestRow> upgrade_rows{
    with("NoUpgrade", "Upgrade", {}, {upgrade_missing}),
    with("UpgradeEmpty", "Upgrade", {"Upgrade:"}, {upgrade_missing}),
    with("UpgradeOther", "Upgrade", {"Upgrade: h2c"}, {upgrade_missing}),
    with("UpgradeLonger", "Upgrade", {"Upgrade: websockets"}, {upgrade_missing}),
    with("UpgradeTwoWords", "Upgrade", {"Upgrade: web socket"}, {upgrade_missing}),
    with("UpgradeNoVersion", "Upgrade", {"Upgrade: websocket/"}, {upgrade_missing}),
    with("UpgradeUpperCase", "Upgrade", {"Upgrade: WebSocket"}, {}),
    with("UpgradeInAList", "Upgrade", {"Upgrade: h2c, ,websocket"}, {}),
    with("UpgradeInTwoLines", "Upgrade", {"Upgrade: h2c", "Upgrade: websocket"}, {}),
    with("UpgradeWithVersion", "Upgrade", {"Upgrade: websocket/13"}, {}),
    with("NoConnection", "Connection", {}, {connection_missing_upgrade}),
    with("ConnectionOther", "Connection", {"Connection: keep-alive"}, {connection_missing_upgrade}),
    with("ConnectionInAList", "Connection", {"Connection: keep-alive, UPGRADE"}, {}),
    RequestRow{"PlainGet",
               "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
               {upgrade_missing, connection_missing_upgrade, key_missing, version_missing}}};
INSTANTIATE_TEST_SUITE_P(Upgrade, JudgeRequest, testing::ValuesIn(upgrade_rows), row_name);

const std::vector<RequestRow> key_rows{
    with("NoKey", "Sec-WebSocket-Key", {}, {key_missing}),
    with("KeyTwice", "Sec-WebSocket-Key",
         {"Sec-WebSocket-Key: " + sample_key, "Sec-WebSocket-Key: " + sample_key}, {key_repeated}),
    with("KeyEmpty", "Sec-WebSocket-Key", {"Sec-WebSocket-Key:"}, {key_malformed}),
    with("KeyShort", "Sec-WebSocket-Key", {"Sec-WebSocket-Key: Zm9v"}, {key_malformed}),
    with("KeyList", "Sec-WebSocket-Key", {"Sec-WebSocket-Key: " + sample_key + ", " + sample_key},
         {key_malformed}),
    with("KeyInSpaces", "Sec-WebSocket-Key", {"sec-websocket-key:\t" + sample_key + "  "}, {}),
    with("NoVersion", "Sec-WebSocket-Version", {}, {version_missing}),
    with("VersionTwice", "Sec-WebSocket-Version",
         {"Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 13"}, {version_repeated}),
    with("VersionEmpty", "Sec-WebSocket-Version", {"Sec-WebSocket-Version:"},
         {version_unsupported}),
    with("Version8", "Sec-WebSocket-Version", {"Sec-WebSocket-Version: 8"}, {version_unsupported}),
    with("Version013", "Sec-WebSocket-Version", {"Sec-WebSocket-Version: 013"},
         {version_unsupported}),
    with("VersionList", "Sec-WebSocket-Version", {"Sec-WebSocket-Version: 13, 8"},
         {version_unsupported}),
    with("VersionInSpaces", "Sec-WebSocket-Version", {"Sec-WebSocket-Version:   13 "}, {})};
INSTANTIATE_TEST_SUITE_P(KeyAndVersion, JudgeRequest, testing::ValuesIn(key_rows), row_name);

const std::vector<RequestRow> list_rows{
    with("NoSubprotocol", "Sec-WebSocket-Protocol", {}, {}),
    with("SubprotocolEmpty", "Sec-WebSocket-Protocol", {"Sec-WebSocket-Protocol:"},
         {subprotocols_malformed}),
    with("SubprotocolsInTwoLines", "Sec-WebSocket-Protocol",
         {"Sec-WebSocket-Protocol: a", "Sec-WebSocket-Protocol: b"}, {}),
    with("SubprotocolAgainInAnotherLine", "Sec-WebSocket-Protocol",
         {"Sec-WebSocket-Protocol: a", "Sec-WebSocket-Protocol: b,a"}, {subprotocols_malformed}),
    with("Extensions", "Sec-WebSocket-Extensions",
         {"Sec-WebSocket-Extensions: foo", "Sec-WebSocket-Extensions: bar; baz=2"}, {}),
    with("ExtensionsEmpty", "Sec-WebSocket-Extensions", {"Sec-WebSocket-Extensions:"},
         {extensions_malformed}),
    with("ExtensionsUnclosedQuote", "Sec-WebSocket-Extensions",
         {"Sec-WebSocket-Extensions: a; b=\"" + std::string(1'000'000, '\\')},
         {extensions_malformed})};
INSTANTIATE_TEST_SUITE_P(Lists, JudgeRequest, testing::ValuesIn(list_rows), row_name);

TEST(JudgeRequest, IsAskedForEveryFaultThatARequestAloneShows) {
  std::set<HandshakeFault> reached{request_line_too_long, head_too_large, origin_refused,
                                   unauthorized};
  for (const auto& rows :
       {request_line_rows, writing_rows, host_rows, upgrade_rows, key_rows, list_rows}) {
    for (const RequestRow& row : rows) reached.insert(row.faults.begin(), row.faults.end());
  }
  EXPECT_EQ(reached.size(), static_cast<std::size_t>(status_line_malformed));
}

TEST(JudgeRequest, NamesEveryFaultInTheOrderOfTheSteps) {
  const std::string text =
      "POST * HTTP/1.0\r\nno colon\r\nContent-Length: 1\r\nSec-WebSocket-Key: x\r\n"
      "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Protocol: ,\r\nSec-WebSocket-Extensions: "
      ";\r\n\r\n";
  EXPECT_EQ(
      judge_request(parse_head(text)),
      (Faults{http_version_below_1_1, method_not_get, target_malformed, field_malformed,
              body_announced, host_missing, upgrade_missing, connection_missing_upgrade,
              key_malformed, version_unsupported, subprotocols_malformed, extensions_malformed}));
}

const ClientOffer offer{
    sample_key, {"chat", "superchat"}, {{"permessage-deflate", {}}, {"foo", {}}}};
constexpr const char* status_line = "HTTP/1.1 101 Switching Protocols";

std::string response_with(const std::vector<Change>& changes,
                          std::string_view start_line = status_line) {
  return changed(
      start_line,
      {"Upgrade: websocket", "Connection: Upgrade",
       "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "Sec-WebSocket-Protocol: chat"},
      changes);
}

struct ResponseRow {
  const char* name;
  std::string text;
  Faults faults;
};
void PrintTo(const ResponseRow& row, std::ostream* out) {
  *out << row.name;
}

class JudgeResponse : public testing::TestWithParam<ResponseRow> {};

TEST_P(JudgeResponse, FindsExactlyTheseFaults) {
  EXPECT_EQ(names_of(judge_response(parse_head(GetParam().text), offer)),
            names_of(GetParam().faults));
}

ResponseRow answering(const char* name, std::string_view start_line, Faults faults) {
  return {name, response_with({}, start_line), std::move(faults)};
}
ResponseRow sends(const char* name, std::string_view field, std::vector<std::string> lines,
                  Faults faults) {
  return {name, response_with({{field, std::move(lines)}}), std::move(faults)};
}

const std::vector<ResponseRow> status_line_rows{
    answering("Sample", status_line, {}),
    answering("NoReason", "HTTP/1.1 101 ", {}),
    answering("OtherReason", "HTTP/1.1 101 Web Socket Protocol Handshake", {}),
    answering("Garbage", "hello", {status_line_malformed}),
    answering("NoSpaceForTheReason", "HTTP/1.1 101", {status_line_malformed}),
    answering("Http10WithoutAReason", "HTTP/1.0 101",
              {status_line_malformed, response_http_version}),
    answering("OkWithoutAReason", "HTTP/1.1 200", {status_line_malformed}),
    answering("Ok", "HTTP/1.1 200 OK", {status_not_101}),
    answering("Continue", "HTTP/1.1 100 Continue", {status_not_101}),
    answering("Http10", "HTTP/1.0 101 Switching Protocols", {response_http_version}),
    answering("Http20", "HTTP/2.0 101 Switching Protocols", {response_http_version}),
    answering("Http10Refusal", "HTTP/1.0 400 Bad Request", {response_http_version, status_not_101}),
    ResponseRow{"EmptyLineFirst", "\r\n" + response_with({}), {response_field_malformed}},
    ResponseRow{"GarbageInALine",
                "hello\r\nworld\r\n\r\n",
                {status_line_malformed, response_field_malformed}},
    ResponseRow{"Nothing", "", {status_line_malformed}}};
INSTANTIATE_TEST_SUITE_P(StatusLine, JudgeResponse, testing::ValuesIn(status_line_rows), row_name);

const std::vector<ResponseRow> field_rows{
    sends("BareLf", "X", {"X: 1\nY: 2"}, {response_field_malformed}),
    sends("NoUpgrade", "Upgrade", {}, {response_upgrade_missing}),
    sends("UpgradeOther", "Upgrade", {"Upgrade: h2c"}, {response_upgrade_wrong}),
    sends("UpgradeInAList", "Upgrade", {"Upgrade: websocket, h2c"}, {response_upgrade_wrong}),
    sends("UpgradeTwice", "Upgrade", {"Upgrade: websocket", "Upgrade: websocket"},
          {response_upgrade_wrong}),
    sends("UpgradeUpperCase", "Upgrade", {"Upgrade: WebSocket"}, {}),
    sends("NoConnection", "Connection", {}, {response_connection_missing}),
    sends("ConnectionOther", "Connection", {"Connection: close"}, {response_connection_missing}),
    sends("ConnectionInAList", "Connection", {"Connection: keep-alive, upgrade"}, {}),
    sends("ContentLength", "Content-Length", {"Content-Length: 0"}, {content_in_101}),
    sends("Chunked", "Transfer-Encoding", {"Transfer-Encoding: chunked"}, {content_in_101})};
INSTANTIATE_TEST_SUITE_P(Fields, JudgeResponse, testing::ValuesIn(field_rows), row_name);

const std::vector<ResponseRow> negotiated_rows{
    sends("NoAccept", "Sec-WebSocket-Accept", {}, {accept_missing}),
    sends("AcceptTwice", "Sec-WebSocket-Accept",
          {"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
           "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="},
          {accept_repeated}),
    sends("AcceptOfAnotherKey", "Sec-WebSocket-Accept",
          {"Sec-WebSocket-Accept: S3pPLMBiTxaQ9kYGzzhZRbK+xOo="}, {accept_wrong}),
    sends("AcceptInSpaces", "Sec-WebSocket-Accept",
          {"Sec-WebSocket-Accept: \t s3pPLMBiTxaQ9kYGzzhZRbK+xOo= "}, {}),
    sends("NoSubprotocol", "Sec-WebSocket-Protocol", {}, {}),
    sends("SubprotocolOther", "Sec-WebSocket-Protocol", {"Sec-WebSocket-Protocol: x"},
          {subprotocol_not_offered}),
    sends("SubprotocolUpperCase", "Sec-WebSocket-Protocol", {"Sec-WebSocket-Protocol: Chat"},
          {subprotocol_not_offered}),
    sends("SubprotocolEmpty", "Sec-WebSocket-Protocol", {"Sec-WebSocket-Protocol:"},
          {subprotocol_not_offered}),
    sends("SubprotocolList", "Sec-WebSocket-Protocol", {"Sec-WebSocket-Protocol: chat, superchat"},
          {subprotocol_not_offered}),
    sends("SubprotocolTwice", "Sec-WebSocket-Protocol",
          {"Sec-WebSocket-Protocol: chat", "Sec-WebSocket-Protocol: chat"}, {subprotocol_repeated}),
    sends("Extension", "Sec-WebSocket-Extensions",
          {"Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=10"}, {}),
    sends("DeflateUnknown", "Sec-WebSocket-Extensions",
          {"Sec-WebSocket-Extensions: permessage-deflate; x"}, {deflate_parameter_unknown}),
    sends("DeflateClientWindow", "Sec-WebSocket-Extensions",
          {"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=15"},
          {deflate_client_window_not_offered}),
    sends("ExtensionsInTwoLines", "Sec-WebSocket-Extensions",
          {"Sec-WebSocket-Extensions: permessage-deflate", "Sec-WebSocket-Extensions: foo"}, {}),
    sends("ExtensionOther", "Sec-WebSocket-Extensions",
          {"Sec-WebSocket-Extensions: permessage-deflate, bar"}, {extension_not_offered}),
    sends("ExtensionEmpty", "Sec-WebSocket-Extensions", {"Sec-WebSocket-Extensions:"},
          {extension_response_malformed}),
    sends("ExtensionNoValue", "Sec-WebSocket-Extensions", {"Sec-WebSocket-Extensions: foo; a="},
          {extension_response_malformed})};
INSTANTIATE_TEST_SUITE_P(Negotiated, JudgeResponse, testing::ValuesIn(negotiated_rows), row_name);

TEST(JudgeResponse, IsAskedForEveryFault) {
  std::set<HandshakeFault> reached;
  for (const auto& rows : {status_line_rows, field_rows, negotiated_rows}) {
    for (const ResponseRow& row : rows) reached.insert(row.faults.begin(), row.faults.end());
  }
  // The rules of permessage-deflate are reached where they are judged.
  reached.erase(deflate_parameter_unknown);
  reached.erase(deflate_client_window_not_offered);
  EXPECT_EQ(reached.size(), static_cast<std::size_t>(deflate_parameter_unknown) -
                                static_cast<std::size_t>(status_line_malformed));
}

TEST(JudgeResponse, OffersNothingByDefault) {
  const auto head = parse_head(response_with({}));
  EXPECT_EQ(judge_response(head, {sample_key, {}, {}}), Faults{subprotocol_not_offered});
}

}  // namespace
}  // namespace wsconform::handshake_judge_test
