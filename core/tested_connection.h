// A Connection in the hands of a test: bytes go in; what it tells and writes comes out as lines
// that read well.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/close_payload.h"
#include "core/connection.h"
#include "core/frame_decoder.h"
#include "core/frame_encoder.h"

namespace wsconform::tested {

using Lines = std::vector<std::string>;

inline constexpr MaskingKey test_key = {0x37, 0xFA, 0x21, 0x3D};
inline constexpr Instant test_start = Instant(std::chrono::hours(1));

// A frame as `sender` has to send it: masked by a client, not by a server.
inline Frame frame_from(Role sender, Opcode opcode, std::string_view payload = {},
                        bool fin = true) {
  Frame frame{header_for(opcode, payload.size()), to_bytes(payload)};
  frame.header.fin = fin;
  if (sender == Role::client) frame.header.masking_key = test_key;
  return frame;
}
inline Bytes close_from(Role sender, std::uint16_t code, std::string_view reason = {}) {
  const Bytes payload = encode_close_payload(code, reason);
  return encode(frame_from(sender, Opcode::close, text_of(payload)));
}
inline Bytes joined(std::initializer_list<Bytes> parts) {
  Bytes all;
  for (const Bytes& part : parts) append(all, ByteView(part));
  return all;
}

inline std::string quoted(ByteView payload) {
  constexpr std::size_t shown = 40;
  const std::string text(text_of(payload));
  if (text.size() <= shown) return "'" + text + "'";
  return "'" + text.substr(0, shown) + "'... " + std::to_string(text.size());
}

// "text 'Hello'", "close 1000 'bye'", "pong ''"; "not final" and "masked" where that is so.
inline std::string line_of(const Frame& frame) {
  std::string line(name_of(frame.header.opcode));
  if (frame.header.opcode == Opcode::close) {
    const ClosePayload close = decode_close_payload(frame.payload);
    if (close.code) line += " " + std::to_string(*close.code);
    line += " " + quoted(bytes_of(close.reason));
  } else {
    line += " " + quoted(frame.payload);
  }
  if (!frame.header.fin) line += ", not final";
  if (frame.header.masking_key) line += ", masked";
  return line;
}
inline Lines lines_of_frames(ByteView wire) {
  FrameDecoder decoder;
  std::vector<FrameDecoder::Item> items;
  decoder.feed(wire, items);
  Lines lines;
  for (const auto& item : items) lines.push_back(line_of(item.frame));
  if (!decoder.at_boundary()) lines.emplace_back("half a frame");
  return lines;
}

struct EventLine {
  std::string operator()(const Opened& e) const {
    return "opened" + (e.handshake->subprotocol.empty() ? "" : " " + e.handshake->subprotocol);
  }
  std::string operator()(const Refused& e) const {
    return "refused " + std::to_string(e.status) + ": " + std::string(e.reason);
  }
  std::string operator()(const MessageReceived& e) const {
    return std::string(name_of(e.opcode)) + " " + quoted(e.payload);
  }
  std::string operator()(const PingReceived& e) const { return "ping " + quoted(e.payload); }
  std::string operator()(const PongReceived& e) const { return "pong " + quoted(e.payload); }
  std::string operator()(const CloseReceived& e) const {
    return "close " + (e.code ? std::to_string(*e.code) + " " : "") + quoted(bytes_of(e.reason));
  }
  std::string operator()(const Failed& e) const {
    const std::string why(e.violation ? rule_of(*e.violation).name : e.reason);
    return "failed " + std::to_string(e.code) + ": " + why;
  }
  std::string operator()(const Closed& e) const {
    return std::string("closed ") + (e.clean ? "clean " : "unclean ") + std::to_string(e.code);
  }
};

class TestedConnection {
 public:
  explicit TestedConnection(ConnectionOptions options)
      : connection(std::move(options), test_start) {
    take();
  }

  // Each receive has memory of its own, freed when it is over: views that live too long are found
  // by sanitizers.
  void receive(ByteView bytes) {
    Bytes input(bytes.begin(), bytes.end());
    connection.receive(input);
    take();
  }
  void receive_pieces(const std::vector<ByteView>& pieces) {
    for (const ByteView piece : pieces) receive(piece);
  }
  void receive_end() {
    connection.receive_end();
    take();
  }
  void tick_after(Duration since_start) {
    connection.tick(test_start + since_start);
    take();
  }
  // The time until the next deadline, from the start on; -1 where there is none.
  std::chrono::milliseconds next_deadline() const {
    const auto next = connection.next_deadline();
    if (!next) return std::chrono::milliseconds(-1);
    return std::chrono::duration_cast<std::chrono::milliseconds>(*next - test_start);
  }

  void take() {
    for (const Event& event : connection.take_events())
      events.push_back(std::visit(EventLine{}, event));
    append(output, ByteView(connection.take_output()));
  }
  // What was written since the last call.
  Lines frames() { return lines_of_frames(std::exchange(output, {})); }
  std::string text() { return std::string(text_of(std::exchange(output, {}))); }

  Connection connection;
  Lines events;
  Bytes output;
};

// An endpoint that is open from the start, without deadlines.
inline ConnectionOptions open_as(Role role) {
  ConnectionOptions options;
  options.role = role;
  options.skip_handshake = true;
  options.deadlines = {Duration::zero(), Duration::zero(), Duration::zero(), Duration::zero()};
  options.next_masking_key = [] { return test_key; };
  return options;
}

}  // namespace wsconform::tested
