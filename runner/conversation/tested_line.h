// A line in the hands of a test: what it writes comes out as lines that read well.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/tested_connection.h"
#include "runner/casebook/cases_from_text.h"
#include "runner/conversation/line.h"
#include "runner/conversation/offence_words.h"

namespace wsconform {

class LineTest : public testing::Test {
 protected:
  static constexpr Instant now = tested::test_start;

  void SetUp() override { accept(); }

  void ask_to_open(const SendRequest& request = {}) {
    line_.send(request, now);
    sending_.flush();
    const std::string head(text_of(std::get<Write>(sending_.take_actions().at(0)).bytes));
    key_ = parse_head(head).value("Sec-WebSocket-Key").value_or("");
  }
  void accept(std::string_view more = "", std::string_view accept_value = "") {
    ask_to_open();
    respond(more, accept_value);
  }
  void respond(std::string_view more = "", std::string_view accept_value = "",
               const Bytes& frames = {}) {
    const std::string value = accept_value.empty() ? accept_for(key_) : std::string(accept_value);
    Bytes wire = to_bytes(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: " +
        value + "\r\n" + std::string(more) + "\r\n");
    append(wire, ByteView(frames));
    receive(wire);
  }
  void write(const Bytes& wire) { line_.send(SendBytes{Payload(wire), {}}, now); }
  void send(Opcode opcode, std::string_view payload = {}, bool fin = true) {
    write(encode(tested::frame_from(Role::client, opcode, payload, fin)));
  }
  void send_step(std::string_view step) { line_.send(step_of<SendFrame>(step), now); }
  void send_fault() { write(encode(tested::frame_from(Role::client, Opcode::reserved_b))); }
  // The payload of the Ping.
  std::string ask() {
    written();
    line_.ask(now);
    const Bytes wire = std::get<Write>(sending_.take_actions().at(0)).bytes;
    FrameDecoder decoder;
    std::vector<FrameDecoder::Item> items;
    decoder.feed(wire, items);
    return std::string(text_of(items.at(0).frame.payload));
  }
  void receive(ByteView wire) {
    line_.receive(wire, now);
    while (line_.take_more()) {
    }
  }
  void receive(Opcode opcode, std::string_view payload = {}, bool fin = true) {
    receive(encode(tested::frame_from(Role::server, opcode, payload, fin)));
  }
  const Reaction& came() const { return line_.reaction(); }
  std::string offence() const { return came().offence ? words_for(*came().offence) : "none"; }
  // "pong 'a', masked"
  tested::Lines written() {
    sending_.flush();
    tested::Lines lines;
    for (const Action& each : sending_.take_actions()) {
      const auto* write = std::get_if<Write>(&each);
      if (write == nullptr) continue;
      for (std::string& line : tested::lines_of_frames(write->bytes))
        lines.push_back(std::move(line));
    }
    return lines;
  }
  tested::Lines answers() {
    written();
    line_.answer(now);
    return written();
  }

  TargetProfile target_ = profile_of_a_target();
  WireLog log_{now};
  Sending sending_{target_, log_, 7};
  Line line_{{}, sending_, log_, now};

 private:
  static TargetProfile profile_of_a_target() {
    TargetProfile target;
    target.address.host = "example.org";
    return target;
  }

  std::string key_;
};

}  // namespace wsconform
