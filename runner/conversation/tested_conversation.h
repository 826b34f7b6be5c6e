// A Conversation in the hands of a test: what the target does goes in, what the driver is to do
// comes out as lines that read well. The clock stands still unless the test moves it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "core/handshake_key.h"
#include "core/tested_connection.h"
#include "runner/casebook/cases_from_text.h"
#include "runner/conversation/conversation.h"

namespace wsconform::tested {

// Scripts of many tests, and what is said of a target that keeps to one.
inline constexpr std::string_view text_of_a =
    R"({"send": "text", "payload": "a"}, {"expect": "text"})";
inline constexpr std::string_view stays_open = R"({"expect": "open"})";
inline constexpr std::string_view illegal_frame =
    R"({"send": "reserved-b"}, {"expect": "failed-connection", "code": 1002})";
inline constexpr std::string_view refused_400 =
    "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
inline constexpr std::string_view all_done = "The target did everything that the case expects.";

inline TargetProfile profile_of_target(bool echoes = true) {
  TargetProfile target;
  target.address.host = "example.org";
  target.echoes = echoes;
  return target;
}

class TestedConversation {
 public:
  // `more`: further members of the case ("\"patience\": 3").
  explicit TestedConversation(std::string_view steps, std::string_view level = "must",
                              TargetProfile target = profile_of_target(),
                              std::string_view more = "")
      : case_(case_of(steps, level, more)), target_(std::move(target)) {}

  void connect() {
    in_handshake_ = true;
    conversation.connected(now);
    collect();
  }
  void take_up() {
    conversation.taken_up(now);
    collect();
  }
  // The 101 that the request deserves, with further lines.
  void accept(std::string_view more = {}) {
    const std::string value = accept_for(key_);
    receive_text(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: " +
        value + "\r\n" + std::string(more) + "\r\n");
  }
  void open() {
    connect();
    accept();
  }
  void receive(ByteView bytes) {
    in_handshake_ = in_handshake_ && !text_of(bytes).starts_with("HTTP/1.1 101");
    conversation.receive(bytes, now);
    collect();
  }
  void receive_text(std::string_view text) { receive(bytes_of(text)); }
  void receive(Opcode opcode, std::string_view payload = {}, bool fin = true) {
    receive(encode(frame_from(Role::server, opcode, payload, fin)));
  }
  void receive_close(std::uint16_t code) { receive(close_from(Role::server, code)); }
  void receive_end(StreamEnd end = StreamEnd::fin) {
    conversation.receive_end(end, now);
    collect();
  }
  // Answers the last Ping that was written.
  void answer_ping() { receive(Opcode::pong, std::string(last_ping_)); }

  // As a target does that lives on, however often it is asked.
  void answer_every_ping() {
    while (!conversation.finished()) {
      wait_for_deadline();
      answer_ping();
    }
  }

  void wait(Duration duration) {
    now += duration;
    conversation.tick(now);
    collect();
  }
  // Moves the clock to the next deadline.
  void wait_for_deadline() { wait(conversation.next_deadline().value_or(now) - now); }
  // From now on, without the fraction of a millisecond that the few bytes of a test take.
  std::chrono::milliseconds until_deadline() const {
    return std::chrono::floor<std::chrono::milliseconds>(conversation.next_deadline().value() -
                                                         now);
  }
  // Until the conversation has come to its end.
  void wait_until_finished() {
    while (!conversation.finished()) wait_for_deadline();
  }

  // What the driver was to do since this was asked last: "GET / HTTP/1.1", "ping 'a', masked",
  // "open", "await", "take up 0", "end", "abort".
  Lines written() { return std::exchange(lines_, {}); }
  // "waiting" until there is a verdict.
  std::string verdict() {
    if (!conversation.finished()) return "waiting";
    return std::string(name_of(result().verdict));
  }
  const std::string& reason() { return result().reason; }
  // Once finished.
  const CaseResult& result() {
    if (!result_) result_ = conversation.take_result();
    return *result_;
  }

 private:
  static Case case_of(std::string_view steps, std::string_view level, std::string_view more) {
    Case made = cases_from(entry_text(steps, more)).front();
    made.level = level_named(level).value();
    return made;
  }

  void collect() {
    for (const Action& action : conversation.take_actions()) {
      if (std::holds_alternative<OpenConnection>(action)) lines_.emplace_back("open");
      if (const auto* earlier = std::get_if<TakeUp>(&action))
        lines_.push_back("take up " + std::to_string(earlier->number));
      if (std::holds_alternative<EndSending>(action)) lines_.emplace_back("end");
      if (std::holds_alternative<AwaitConnection>(action)) lines_.emplace_back("await");
      if (std::holds_alternative<AbortConnection>(action)) lines_.emplace_back("abort");
      if (const auto* write = std::get_if<Write>(&action)) collect(write->bytes);
    }
  }
  void collect(ByteView wire) {
    if (in_handshake_) {
      const HttpHead head = parse_head(text_of(wire));
      key_ = head.value("Sec-WebSocket-Key").value_or("");
      lines_.push_back(head.start_line);
      return;
    }
    std::vector<FrameDecoder::Item> items;
    frames_.feed(wire, items);
    for (const auto& item : items) {
      lines_.push_back(line_of(item.frame));
      if (item.frame.header.opcode == Opcode::ping) last_ping_ = text_of(item.frame.payload);
    }
  }

  Case case_;
  TargetProfile target_;

 public:
  Instant now = test_start;
  Pace pace{};
  Conversation conversation{case_, target_, pace, 1, now};

 private:
  FrameDecoder frames_{};
  Lines lines_{};
  std::optional<CaseResult> result_{};
  std::string key_{};
  std::string last_ping_{};
  bool in_handshake_ = false;
};

}  // namespace wsconform::tested
