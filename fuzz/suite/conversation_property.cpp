#include "fuzz/suite/conversation_property.h"

#include <string>

#include "core/handshake_key.h"
#include "core/http_head.h"
#include "fuzz/cutting.h"
#include "reports/results/results_json.h"
#include "runner/casebook/case.h"
#include "runner/casebook/case_loader.h"

namespace wsconform {
namespace {

constexpr Instant begins_at = Instant(std::chrono::hours(1));
constexpr std::size_t most_logged = 1024 * 1024;  // bytes of the wire log of a case

constexpr std::string_view cases_text = R"({"title": "T", "standard": "S", "cases": [
{"id": "echo", "says": "A text comes back.", "requirements": ["x/1-a"], "level": "must", "steps": [
  {"send": "text", "payload": "a"}, {"expect": "text"}, {"expect": "open"}]},
{"id": "fragments", "says": "A message in pieces comes back.", "requirements": ["x/1-a"], "level": "must", "steps": [
  {"send": "binary", "payload": {"hex": "0102"}, "fin": false}, {"send": "ping", "payload": "p"},
  {"send": "continuation", "payload": {"hex": "03"}}, {"expect": "pong"}, {"expect": "open"}]},
{"id": "illegal", "says": "The connection fails.", "requirements": ["x/1-a"], "level": "must", "steps": [
  {"send": "reserved-b"}, {"expect": "failed-connection", "code": 1002}]},
{"id": "close", "says": "A Close is answered.", "requirements": ["x/1-a"], "level": "must", "steps": [
  {"send": "close", "code": 1000}, {"expect": "closed", "code": 1000}]},
{"id": "refusal", "says": "The request is refused.", "requirements": ["x/1-a"], "level": "must", "steps": [
  {"request": {"method": "POST"}}, {"expect": "refusal"}]},
{"id": "again", "says": "Another connection opens.", "requirements": ["x/1-a"], "level": "should", "steps": [
  {"send": "text", "payload": "a"}, {"expect": "text"}, {"connect": "again"}, {"send": "ping"}, {"expect": "pong"}]},
{"id": "deflate", "says": "A compressed message comes back.", "requirements": ["x/1-a"], "level": "must",
 "handshake": {"set": {"Sec-WebSocket-Extensions": "permessage-deflate"}}, "steps": [
  {"send": "text", "payload": "aaaaaaaaaa", "deflate": true}, {"expect": "text"}, {"expect": "open"}]}
]})";

// Sends a piece whenever something came to it, and else as time passes.
class Hostile : public MemoryTarget {
 public:
  Hostile(const HostileServer& server, Instant now)
      : server_(server), now_(now), pieces_(cut(server.bytes, server.cut_choice)) {}

  void receive(std::span<std::uint8_t> bytes) override {
    append(request_, ByteView(bytes));
    answer();
  }
  void receive_end() override { over_ = true; }
  void tick(Instant now) override {
    now_ = now;
    answer();
  }
  std::optional<Instant> next_deadline() const override {
    if (!may_send() || at_ == pieces_.size()) return std::nullopt;
    return now_ + std::chrono::milliseconds(1);
  }
  Bytes take_output() override { return std::exchange(output_, {}); }
  bool wants_close() const override {
    return over_ || (server_.ends && may_send() && at_ == pieces_.size() && output_.empty());
  }

 private:
  bool may_send() const { return !server_.accepts || accepted_; }

  void answer() {
    if (server_.accepts && !accepted_) return accept();
    if (at_ < pieces_.size()) append(output_, pieces_[at_++]);
  }
  void accept() {
    if (text_of(request_).find("\r\n\r\n") == std::string_view::npos) return;
    const HttpHead request = parse_head(text_of(request_));
    HttpHead response;
    response.start_line = "HTTP/1.1 101 Switching Protocols";
    response.add("Upgrade", "websocket");
    response.add("Connection", "Upgrade");
    response.add("Sec-WebSocket-Accept",
                 accept_for(request.value("Sec-WebSocket-Key").value_or("")));
    if (server_.agrees_to_deflate) {
      response.add("Sec-WebSocket-Extensions", "permessage-deflate");
    }
    append(output_, write_head(response));
    accepted_ = true;
  }

  const HostileServer& server_;
  Instant now_;
  std::vector<ByteView> pieces_;
  std::size_t at_ = 0;
  Bytes request_{};
  Bytes output_{};
  bool accepted_ = false;
  bool over_ = false;
};

// What must not differ with the pieces that the stream came in: the log does, and so does how much
// of a frame came when its header ended the case.
std::string verdict_of(const CaseResult& result) {
  return std::string(name_of(result.verdict)) + ", " + std::string(name_of(result.at_fault)) +
         ", " + result.ground + ": " + result.reason;
}

std::size_t logged(const CaseResult& result) {
  std::size_t size = 0;
  for (const WireEntry& entry : result.wire) {
    size += entry.says.size() + entry.bytes.size();
    for (const std::string& detail : entry.details) size += detail.size();
  }
  return size;
}

}  // namespace

HostileServer read_hostile_server(ByteView input) {
  HostileServer server;
  server.case_number = take_choice(input) % played_cases().size();
  const std::uint8_t choices = take_choice(input);
  server.accepts = (choices & hostile_accepts) != 0;
  server.agrees_to_deflate = (choices & hostile_agrees_to_deflate) != 0;
  server.ends = (choices & hostile_ends) != 0;
  server.cut_choice = take_choice(input);
  server.bytes = input;
  return server;
}

const std::vector<Case>& played_cases() {
  static const std::vector<Case> cases =
      load_cases_of(JsonSource::parse("played_cases", cases_text), "fuzz/played");
  return cases;
}

MemoryRun play_against(const HostileServer& server, const StreamCuts& cuts) {
  TargetProfile target;
  target.address.host = "localhost";
  target.echoes = true;
  Pace pace;
  return run_in_memory(
      Conversation(played_cases()[server.case_number], target, pace, 1, begins_at),
      [&](Instant now) { return std::make_unique<Hostile>(server, now); }, begins_at, cuts);
}

Breach breach_of_run(const MemoryRun& whole, const MemoryRun& in_pieces) {
  const CaseResult& result = whole.result;
  if (result.at_fault == AtFault::wsconform) return "wsconform is at fault: " + result.reason;
  const std::string verdict = verdict_of(result);
  const std::string other = verdict_of(in_pieces.result);
  if (verdict != other) return "whole it is '" + verdict + "', and in pieces '" + other + "'";
  if (result.reason.empty()) return "the verdict has no reason";
  if (logged(result) > most_logged) return "the wire log has no bound";
  Results results;
  results.cases = {result};
  const auto again = results_from_json(to_json(results));
  if (!again) return "the result is not read again: " + again.error();
  if (to_json(*again) != to_json(results)) return "the result is another once read again";
  return std::nullopt;
}

Breach breach_of_conversation(ByteView input) {
  const HostileServer server = read_hostile_server(input);
  StreamCuts every_byte;
  every_byte.chunk = 1;
  return breach_of_run(play_against(server, {}), play_against(server, every_byte));
}

}  // namespace wsconform
