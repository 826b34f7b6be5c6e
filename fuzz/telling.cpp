#include "fuzz/telling.h"

#include <algorithm>
#include <array>
#include <variant>

#include "core/close_payload.h"
#include "core/frame_decoder.h"
#include "core/frame_rules.h"
#include "core/phrase.h"
#include "fuzz/cutting.h"
#include "fuzz/heap_in_use.h"

namespace wsconform {
namespace {

constexpr Instant start = Instant(std::chrono::hours(1));

struct Line {
  std::string operator()(const Opened& e) const {
    const Handshake& of = *e.handshake;
    return "opened '" + of.subprotocol + "'\n" + write_head(of.request) + write_head(of.response);
  }
  std::string operator()(const Refused& e) const {
    return "refused " + std::to_string(e.status) + " " + std::string(e.reason);
  }
  std::string operator()(const MessageReceived& e) const {
    return std::string(name_of(e.opcode)) + " " + to_hex(e.payload);
  }
  std::string operator()(const PingReceived& e) const { return "ping " + to_hex(e.payload); }
  std::string operator()(const PongReceived& e) const { return "pong " + to_hex(e.payload); }
  std::string operator()(const CloseReceived& e) const {
    return "close " + (e.code ? std::to_string(*e.code) : "none") + " " +
           to_hex(bytes_of(e.reason));
  }
  std::string operator()(const Failed& e) const {
    const std::string why(e.violation ? rule_of(*e.violation).name : e.reason);
    return "failed " + std::to_string(e.code) + " " + why;
  }
  std::string operator()(const Closed& e) const {
    return std::string("closed ") + (e.clean ? "clean " : "unclean ") + std::to_string(e.code);
  }
};

void tell(const Event& event, Telling& telling) {
  if (telling.events.empty()) {
    telling.opened = std::holds_alternative<Opened>(event);
    if (const auto* refused = std::get_if<Refused>(&event)) telling.refused = refused->status;
  }
  telling.events.push_back(line_of(event));
}

// Hears a stream; what a piece is handed in with is the caller's.
template <typename Receive>
Telling hear_with(const ConnectionOptions& options, const std::vector<ByteView>& pieces,
                  Receive receive) {
  const std::size_t before = heap_in_use();
  Telling telling;
  Connection connection(options, start);
  const auto take = [&] {
    for (const Event& event : connection.take_events()) tell(event, telling);
    append(telling.output, ByteView(connection.take_output()));
    telling.held = std::max(telling.held, heap_in_use() - std::min(before, heap_in_use()));
  };
  for (const ByteView piece : pieces) {
    Bytes input(piece.begin(), piece.end());
    receive(connection, input, telling);
    take();
  }
  connection.receive_end();
  take();
  return telling;
}

std::string shown(ByteView bytes) {
  return quoted(bytes, 40) + " (" + std::to_string(bytes.size()) + " bytes)";
}

std::string line_of(const Frame& frame) {
  const std::string name(name_of(frame.header.opcode));
  if (frame.header.opcode != Opcode::close) return name + " " + to_hex(frame.payload);
  const auto code = decode_close_payload(frame.payload).code;
  return name + " " + (code ? std::to_string(*code) : "none");
}

Breach breach_of_sent(Role sender, const Frame& frame, bool rsv1_defined) {
  FrameContext context;
  context.rsv1_defined = rsv1_defined;
  context.receiver = peer_of(sender);
  auto broken = check_header(frame.header, context);
  if (!broken && frame.header.opcode == Opcode::close) {
    broken = check_close_payload(frame.payload, sender);
  }
  if (!broken) return std::nullopt;
  return "the endpoint sent a frame that breaks " + std::string(rule_of(*broken).name);
}

}  // namespace

std::string line_of(const Event& event) {
  return std::visit(Line{}, event);
}

Telling hear(const ConnectionOptions& options, const std::vector<ByteView>& pieces) {
  return hear_with(options, pieces, [](Connection& connection, Bytes& input, Telling&) {
    connection.receive(input);
  });
}

Telling hear_one_at_a_time(const ConnectionOptions& options, const std::vector<ByteView>& pieces) {
  return hear_with(options, pieces, [](Connection& connection, Bytes& input, Telling& telling) {
    std::span<std::uint8_t> rest = input;
    while (const auto event = connection.receive_next(rest)) tell(*event, telling);
  });
}

namespace {

// Their appending is in the standard library's own code, which no sanitizer slows.
struct Adding {
  void operator()(const MessageReceived& e) const {
    sized(static_cast<std::uint64_t>(e.opcode), text_of(e.payload));
  }
  void operator()(const PingReceived& e) const { sized(0, text_of(e.payload)); }
  void operator()(const PongReceived& e) const { sized(0, text_of(e.payload)); }
  void operator()(const CloseReceived& e) const { sized(e.code ? *e.code + 1U : 0U, e.reason); }
  void operator()(const Failed& e) const {
    sized(e.code, e.violation ? rule_of(*e.violation).name : e.reason);
  }
  void operator()(const Closed& e) const { sized(e.code, e.clean ? "clean" : ""); }
  void operator()(const auto& opening) const { sized(0, line_of(Event(opening))); }

  void sized(std::uint64_t number, std::string_view bytes) const {
    const std::array<std::uint64_t, 3> beginning = {kind, number, bytes.size()};
    to.append(reinterpret_cast<const char*>(beginning.data()), sizeof beginning);
    to.append(bytes);
  }

  std::uint64_t kind;
  std::string& to;
};

}  // namespace

void add(const Event& event, std::string& events) {
  std::visit(Adding{event.index(), events}, event);
}

void prepare(Record& record, ByteView stream) {
  constexpr std::size_t ends = 256;  // for what is told and written at the end
  record.events.clear();
  record.events.reserve(2 * stream.size() + ends);
  record.output.clear();
  record.output.reserve(stream.size() + ends);
  record.held = 0;
}

void record(const ConnectionOptions& options, ByteView stream, std::uint8_t cut_choice,
            bool one_at_a_time, Record& told) {
  constexpr std::size_t looks = 64;  // pieces between two looks at the heap
  prepare(told, stream);
  LonePieces pieces(stream, cut_choice);
  const std::size_t before = heap_in_use();
  Connection connection(options, start);
  thread_local std::vector<Event> room;  // used again
  std::vector<Event>& events = room;
  const auto take = [&] {
    connection.take_events(events);
    for (const Event& event : events) add(event, told.events);
    connection.take_output(told.output);
  };
  const auto look = [&] {
    const std::size_t now = heap_in_use();
    told.held = std::max(told.held, now - std::min(before, now));
  };
  std::size_t number = 0;
  for (auto piece = pieces.next(); !piece.empty(); piece = pieces.next()) {
    if (!one_at_a_time) connection.receive(piece);
    while (one_at_a_time) {
      const auto event = connection.receive_next(piece);
      if (!event) break;
      add(*event, told.events);
    }
    take();
    if (number++ % looks == 0) look();
    // It has failed or closed, and discards what comes behind, which need not be cut.
    if (connection.state() != State::open) pieces.join_rest();
  }
  if (number % looks != 1) look();  // the last one was not
  connection.receive_end();
  take();
}

Breach difference(const Telling& expected, const Telling& told) {
  if (expected.events != told.events) {
    const auto [one, other] = std::ranges::mismatch(expected.events, told.events);
    const std::string missing = "nothing";
    return "event " + std::to_string(one - expected.events.begin()) + " is '" +
           (other == told.events.end() ? missing : *other) + "' in place of '" +
           (one == expected.events.end() ? missing : *one) + "'";
  }
  if (expected.output != told.output) {
    return "the output is " + shown(told.output) + " in place of " + shown(expected.output);
  }
  return std::nullopt;
}

std::expected<std::vector<std::string>, std::string> lines_of_output(Role sender, ByteView output,
                                                                     OutputRules rules) {
  FrameDecoder decoder;
  std::vector<FrameDecoder::Item> items;
  decoder.feed(output, items);
  if (!decoder.at_boundary()) return std::unexpected("the output ends inside a frame");
  std::vector<std::string> lines;
  bool closed = false;
  for (const auto& [frame, payload_cut, offset] : items) {
    if (const auto breach = breach_of_sent(sender, frame, rules.rsv1_defined)) {
      return std::unexpected(*breach);
    }
    // §5.5.1, §7.1.7: a Close is the last frame.
    const bool answers = rules.pongs_behind_close && frame.header.opcode == Opcode::pong;
    if (closed && !answers) {
      return std::unexpected("the endpoint sent something behind its Close");
    }
    closed = closed || frame.header.opcode == Opcode::close;
    lines.push_back(line_of(frame));
  }
  return lines;
}

}  // namespace wsconform
