#include "reports/results/sample_results.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

namespace wsconform {
namespace {

using Direction = WireEntry::Direction;
using Kind = WireEntry::Kind;

constexpr std::string_view hostile = "</script><script>alert(1)</script><!-- ]]> &amp; \" ' `";

std::vector<std::uint8_t> bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

WireEntry event(double at_ms, std::string says) {
  WireEntry made;
  made.at_ms = at_ms;
  made.says = std::move(says);
  return made;
}

WireEntry entry(double at_ms, Direction direction, Kind kind, std::string says,
                std::vector<std::uint8_t> bytes) {
  WireEntry made = event(at_ms, std::move(says));
  made.direction = direction;
  made.kind = kind;
  made.size = bytes.size();
  made.bytes = std::move(bytes);
  return made;
}

WireEntry request(double at_ms) {
  WireEntry head =
      entry(at_ms, Direction::sent, Kind::head, "GET /chat HTTP/1.1",
            bytes_of("GET /chat HTTP/1.1\r\nHost: 127.0.0.1:9001\r\nUpgrade: websocket\r\n"
                     "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                     "Sec-WebSocket-Version: 13\r\n\r\n"));
  head.details = {"Host: 127.0.0.1:9001", "Upgrade: websocket", "Connection: Upgrade",
                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13"};
  return head;
}

WireEntry response(double at_ms) {
  WireEntry head = entry(at_ms, Direction::received, Kind::head, "HTTP/1.1 101 Switching Protocols",
                         bytes_of("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                  "Connection: Upgrade\r\n"
                                  "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"));
  head.details = {"Upgrade: websocket", "Connection: Upgrade",
                  "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="};
  return head;
}

std::vector<WireEntry> opening() {
  return {event(0.02, "connected to 127.0.0.1:9001"), request(0.05), response(0.31)};
}

CaseResult made(std::string section, std::string slug, Level level, std::string says) {
  CaseResult result;
  result.id = section + "/" + slug;
  result.section = std::move(section);
  result.level = level;
  result.says = std::move(says);
  result.handshake_ms = 0.31;
  result.total_ms = 1.27;
  result.wire = opening();
  return result;
}

CaseResult passed_ping() {
  CaseResult result = made("rfc6455/5.5-control-frames", "ping-125", Level::must,
                           "A Ping of 125 bytes is answered by a Pong with the same bytes.");
  result.verdict = Verdict::pass;
  result.reason = "The Pong carried the payload of the Ping.";
  result.requirements = {"rfc6455/5.5.2-pong-answers-ping", "rfc6455/5.5-control-payload-125"};
  result.autobahn = {"2.4"};
  result.script = {"send a Ping, payload 125 x \"*\"", "expect a Pong, the same payload"};
  std::vector<std::uint8_t> ping{0x89, 0xfd, 0x1a, 0x2b, 0x3c, 0x4d};
  std::vector<std::uint8_t> pong{0x8a, 0x7d};
  for (std::size_t i = 0; i < 125; ++i) {
    ping.push_back(static_cast<std::uint8_t>('*' ^ ping[2 + i % 4]));
    pong.push_back('*');
  }
  result.wire.push_back(
      entry(0.40, Direction::sent, Kind::frame, "Ping, 125 bytes, masked 0x1a2b3c4d", ping));
  result.wire.push_back(entry(0.62, Direction::received, Kind::frame, "Pong, 125 bytes", pong));
  return result;
}

CaseResult failed_ping() {
  CaseResult result = made("rfc6455/5.5-control-frames", "ping-126", Level::must,
                           "A Ping one byte too long fails the connection.");
  result.verdict = Verdict::fail;
  result.unexpected = true;
  result.ground = "answer-to-illegal-data";
  result.came = "open";
  result.cause = {"control-frame-too-long", "accepted"};
  result.reason =
      "The target answered the illegal frame with a Pong instead of failing the connection.";
  result.expected = "at most one Close with code 1002, then the end of TCP";
  result.received = "Pong, 126 bytes";
  result.because =
      "RFC 6455 §5.5 allows no exception for a peer that is generous in what it reads.";
  result.notes = {"the connection stayed open for the whole deadline of 250 ms",
                  "a fresh connection was served afterwards"};
  result.requirements = {"rfc6455/5.5-control-payload-125", "rfc6455/7.1.7-fail-the-connection"};
  result.autobahn = {"2.5"};
  result.script = {"send a Ping, payload 126 x \"*\"", "expect the connection failed with 1002"};
  std::vector<std::uint8_t> ping{0x89, 0xfe, 0x00, 0x7e, 0x00, 0x00, 0x00, 0x00};
  ping.insert(ping.end(), 126, '*');
  std::vector<std::uint8_t> pong{0x8a, 0x7e, 0x00, 0x7e};
  pong.insert(pong.end(), 126, '*');
  result.wire.push_back(
      entry(0.40, Direction::sent, Kind::frame, "Ping, 126 bytes, masked 0x00000000", ping));
  WireEntry answer = entry(0.66, Direction::received, Kind::frame, "Pong, 126 bytes", pong);
  answer.violation = "control-frame-too-long";
  result.wire.push_back(answer);
  result.wire.push_back(event(250.7, "deadline passed with the connection open"));
  result.total_ms = 251.3;
  return result;
}

CaseResult lenient_close() {
  CaseResult result = made("rfc6455/7.4-close-codes", "reserved/1005", Level::must,
                           "A Close with the reserved code 1005 fails the connection.");
  result.verdict = Verdict::lenient;
  result.cause = {"failing-the-connection", "end-without-close"};
  result.reason = "The connection ended without a Close frame, which the section recommends.";
  result.expected = "Close with code 1002";
  result.received = "end of TCP";
  result.requirements = {"rfc6455/7.4.1-reserved-codes-unsent"};
  result.autobahn = {"7.9.3", "7.9.4"};
  result.script = {"send a Close, code 1005", "expect the connection failed with 1002"};
  WireEntry close = entry(0.44, Direction::sent, Kind::frame, "Close, 2 bytes, masked 0x00000000",
                          {0x88, 0x82, 0x00, 0x00, 0x00, 0x00, 0x03, 0xed});
  close.details = {"code 1005 (no status received)", "no reason"};
  result.wire.push_back(close);
  result.wire.push_back(event(0.71, "the target ended TCP"));
  return result;
}

CaseResult observed_version() {
  CaseResult result = made("rfc6455/4.2-opening-handshake", "version/leading-zero", Level::observe,
                           "Sec-WebSocket-Version: 013 is answered in some way.");
  result.verdict = Verdict::observed;
  result.reason = "The target answered 101.";
  result.script = {"request with Sec-WebSocket-Version: 013", "see what comes"};
  result.notes = {"the response named no version"};
  return result;
}

CaseResult skipped_deflate() {
  CaseResult result = made("rfc7692/7.2-compression", "bomb", Level::may,
                           "A message that inflates beyond the limit is refused.");
  result.verdict = Verdict::skipped;
  result.reason = "The target does not negotiate permessage-deflate.";
  result.requirements = {"rfc7692/8-limits"};
  result.wire.clear();
  result.handshake_ms = 0;
  result.total_ms = 0;
  return result;
}

CaseResult refused_connection() {
  CaseResult result = made("rfc6455/8.1-utf-8", "cut-at-tcp-seam", Level::must,
                           "A character cut by two TCP segments is joined again.");
  result.verdict = Verdict::error;
  result.at_fault = AtFault::target_unreachable;
  result.unexpected = true;
  result.cause = {"not-reached", ""};
  result.reason = "The target refused the connection three times.";
  result.requirements = {"rfc6455/8.1-invalid-utf-8"};
  result.wire = {event(0.03, "connection refused"), event(5.11, "connection refused")};
  result.wire.back().connection = 1;
  return result;
}

CaseResult hostile_answer() {
  CaseResult result = made("rfc6455/4.2-opening-handshake", "hostile-head", Level::should,
                           "A request without a Host field is refused.");
  result.verdict = Verdict::fail;
  result.cause = {"host-missing", "status-200"};
  result.known_failing = "the proxy in front adds Host: #1234";
  result.reason = fmt::format("The target answered {}.", hostile);
  result.expected = "status 400";
  result.received =
      "status 200 \x1b[2J\x1b]0;owned\x07 \xff\xfe\xc0\xaf \xe2\x80\xae"
      "desrever";
  result.notes = {std::string(hostile), std::string("zero \0 byte", 11),
                  "tab\tline\nfeed\rreturn \x7f \xc2\x9b"};
  result.requirements = {"rfc6455/4.1-host-field"};
  result.script = {"request without Host", "expect status 400"};
  WireEntry head =
      entry(0.31, Direction::received, Kind::head, "HTTP/1.1 200 " + std::string(hostile),
            bytes_of("HTTP/1.1 200 </script><script>alert(1)</script>\r\nX: \x1b[2J\xff\r\n\r\n"));
  head.details = {"X: \x1b[2J\xff", "Server: " + std::string(hostile)};
  result.wire = {event(0.02, "connected"), request(0.05), head};
  WireEntry body = entry(0.33, Direction::received, Kind::body, "body, 70000 bytes",
                         std::vector<std::uint8_t>(300, '<'));
  body.size = 70'000;
  result.wire.push_back(body);
  result.wire.push_back(
      entry(0.34, Direction::received, Kind::bytes, "3 bytes after the body", {0x00, 0xff, 0x0a}));
  result.wire_left_out = 4096;
  return result;
}

CaseResult repeated(int repetition) {
  CaseResult result = made("rfc6455/5.2-base-framing", "echo-at-length/text-65536", Level::must,
                           "A text message of 65536 bytes comes back whole.");
  result.verdict = Verdict::pass;
  result.repetition = repetition;
  result.reason = "The message came back whole.";
  result.requirements = {"rfc6455/5.2-payload-length-forms"};
  result.autobahn = {"1.1.7"};
  result.script = {"send a text message, 65536 x \"*\"", "expect the same message",
                   "expect the connection open"};
  std::vector<std::uint8_t> cut{0x81, 0x7f, 0, 0, 0, 0, 0, 1, 0, 0};
  cut.insert(cut.end(), 246, '*');
  WireEntry echo = entry(3.1, Direction::received, Kind::frame, "Text, 65536 bytes", cut);
  echo.size = 65'546;
  result.wire.push_back(echo);
  return result;
}

Requirement requirement(std::string section, std::string slug, Level level, std::string says) {
  Requirement made;
  made.standard = "rfc6455";
  made.id = fmt::format("rfc6455/{}-{}", section, slug);
  made.section = std::move(section);
  made.level = level;
  made.says = std::move(says);
  made.binds = {Role::server, Role::client};
  return made;
}

std::vector<Requirement> catalogue() {
  std::vector<Requirement> all{
      requirement("4.1", "host-field", Level::must, "A request names the host in a Host field."),
      requirement("5.2", "payload-length-forms", Level::must,
                  "The payload length has three forms; the shortest is used."),
      requirement("5.5", "control-payload-125", Level::must,
                  "A control frame carries at most 125 bytes."),
      requirement("5.5.2", "pong-answers-ping", Level::must,
                  "A Ping is answered by a Pong with the same payload."),
      requirement("7.1.7", "fail-the-connection", Level::should,
                  "Failing the connection sends a Close first."),
      requirement("7.4.1", "reserved-codes-unsent", Level::must,
                  "1005, 1006 and 1015 never stand in a Close frame."),
      requirement("8.1", "invalid-utf-8", Level::must,
                  "Text that is not UTF-8 fails the connection."),
      requirement("10.3", "unpredictable-masks", Level::must, "Masking keys cannot be predicted."),
      requirement("10.4", "limits", Level::should, "An endpoint limits what it takes."),
  };
  all[7].testable = false;
  all[7].because = "a server sends no masked frames, so there is nothing to look at";
  all[7].binds = {Role::client};
  Requirement deflate =
      requirement("8", "limits", Level::may, "An endpoint may refuse what inflates too far.");
  deflate.standard = "rfc7692";
  deflate.id = "rfc7692/8-limits";
  all.push_back(deflate);
  return all;
}

}  // namespace

Results sample_results() {
  Results results;
  results.wsconform = "0.1.0";
  results.side = Role::server;
  results.started = "2025-03-14T09:26:53Z";
  results.duration_ms = 1840.5;
  results.seed = 18'446'744'073'709'551'557U;
  results.shuffled = true;
  results.jobs = 32;
  results.target = {
      .name = "sample server",
      .url = "ws://127.0.0.1:9001/chat",
      .profile = "ci/wsconform.json",
      .again = "wsconform run ws://127.0.0.1:9001/chat --name 'sample server'",
      .server = "nginx/1.2 <b>bold</b> \x1b[31m",
      .echoes = true,
      .round_trip_ms = 0.214,
      .facts = {{"largest text message", "1048576 bytes; beyond: Close 1009", 1048576, "bytes"},
                {"extensions", "none \xff"}}};
  results.cases = {observed_version(), hostile_answer(),     repeated(1),
                   repeated(2),        passed_ping(),        failed_ping(),
                   lenient_close(),    refused_connection(), skipped_deflate()};
  std::swap(results.cases[0], results.cases[1]);
  results.requirements = catalogue();
  results.filtered = true;
  results.excluded = 2;
  results.dead_known_failing = {"rfc6455/9.9-*"};
  results.stop = Stop{.kind = Stop::Kind::target_died,
                      .under_way = {"rfc6455/5.5-control-frames/ping-126", "s/<b>\x1b[31m"},
                      .why = "Nobody listens."};
  results.exit_code = 1;
  return results;
}

Results large_results(std::size_t cases) {
  const Results sample = sample_results();
  Results results = sample;
  results.cases.clear();
  for (std::size_t i = 0; i < cases; ++i) {
    CaseResult result = sample.cases[i % sample.cases.size()];
    result.id = fmt::format("{}/{:04}", result.id, i);
    result.repetition = 1;
    result.wire.push_back(entry(1.0, Direction::sent, Kind::frame,
                                "Close, 2 bytes, masked 0x00000000",
                                {0x88, 0x82, 0x00, 0x00, 0x00, 0x00, 0x03, 0xe8}));
    result.wire.push_back(
        entry(1.1, Direction::received, Kind::frame, "Close, 2 bytes", {0x88, 0x02, 0x03, 0xe8}));
    result.wire.push_back(event(1.2, "the target ended TCP"));
    results.cases.push_back(std::move(result));
  }
  return results;
}

}  // namespace wsconform
