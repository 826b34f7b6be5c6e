#include "fuzz/live/mutation.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "fuzz/live/frames.h"

namespace wsconform {
namespace {

using Moves = std::vector<Move>;

Moves::iterator place_in(Moves& moves, Random& random) {
  return moves.begin() + static_cast<std::ptrdiff_t>(random.below(moves.size() + 1));
}

// A move that is a frame; nullptr: the one chosen is none.
SendFrame* some_frame(LiveSession& session, Random& random) {
  if (session.moves.empty()) return nullptr;
  return std::get_if<SendFrame>(&session.moves[random.below(session.moves.size())].act);
}

void insert_something(LiveSession& session, Random& random) {
  SendFrame made = random.once_in(2) ? any_message(deflates(session), random) : any_control(random);
  session.moves.insert(place_in(session.moves, random), {std::move(made), random.once_in(3)});
}

void drop_one(LiveSession& session, Random& random) {
  if (session.moves.empty()) return insert_something(session, random);
  session.moves.erase(session.moves.begin() +
                      static_cast<std::ptrdiff_t>(random.below(session.moves.size())));
}

void double_one(LiveSession& session, Random& random) {
  if (session.moves.empty()) return insert_something(session, random);
  const Move one = session.moves[random.below(session.moves.size())];
  session.moves.insert(place_in(session.moves, random), one);
}

void swap_two(LiveSession& session, Random& random) {
  if (session.moves.empty()) return insert_something(session, random);
  std::swap(session.moves[random.below(session.moves.size())],
            session.moves[random.below(session.moves.size())]);
}

void append_fault(LiveSession& session, Random& random) {
  const Fault& fault = random.one_of(faults());
  if (!fault.deflates || deflates(session)) fault.append(session, random);
}

void append_close(LiveSession& session, Random& random) {
  session.moves.push_back({any_close(random), random.once_in(2)});
}

void append_end(LiveSession& session, Random& random) {
  if (random.once_in(4))
    session.moves.push_back({ResetStream{}, random.once_in(2)});
  else
    session.moves.push_back({EndStream{}, random.once_in(2)});
}

void toggle_wait(LiveSession& session, Random& random) {
  if (session.moves.empty()) return;
  bool& awaits = session.moves[random.below(session.moves.size())].awaits;
  awaits = !awaits;
}

void cut_one(LiveSession& session, Random& random) {
  SendFrame* frame = some_frame(session, random);
  if (frame == nullptr) return;
  frame->cut = {};
  switch (random.below(4)) {
    case 0:
      frame->cut.kind = Cut::Kind::frames;
      return;
    case 1:  // each piece waits until the one before it is read: many are slow
      if (frame->payload.size() > 200 || frame->times > 1) return;
      frame->cut.kind = Cut::Kind::chunks;
      frame->cut.chunk = 1;
      return;
    default:
      frame->cut.kind = Cut::Kind::positions;
      frame->cut.positions = {1 + random.below(8)};
  }
}

void change_header(LiveSession& session, Random& random) {
  SendFrame* frame = some_frame(session, random);
  if (frame == nullptr) return;
  switch (random.below(7)) {
    case 0:
      frame->fin = !frame->fin;
      return;
    case 1:
      frame->rsv ^= static_cast<std::uint8_t>(1U << random.below(3));
      return;
    case 2:
      frame->opcode = static_cast<Opcode>(random.below(16));
      return;
    case 3:
      frame->masking = {Masking::Kind::none};
      if (random.once_in(3)) return;
      frame->masking.kind = Masking::Kind::fixed;
      frame->masking.key.fill(random.once_in(2) ? 0x00 : 0xFF);
      return;
    case 4:
      frame->length_form = static_cast<LengthForm>(random.below(3));
      return;
    case 5:
      frame->declared_length = frame->payload.size() + 1 + random.below(2);
      return;
    default:
      frame->times = 1 + random.below(40);
      if (frame->payload.size() > 2000) frame->times = 1;
  }
}

void change_payload(LiveSession& session, Random& random) {
  SendFrame* frame = some_frame(session, random);
  if (frame == nullptr || frame->opcode == Opcode::close) return;
  frame->payload = payload_of(frame->opcode, any_length(random), random);
}

void change_fragments(LiveSession& session, Random& random) {
  SendFrame* frame = some_frame(session, random);
  if (frame == nullptr || is_control(frame->opcode)) return;
  frame->fragment_size = 0;
  frame->fragments.clear();
  const auto size = static_cast<std::size_t>(frame->payload.size());
  for (std::size_t n = random.below(5); n > 0; --n)
    frame->fragments.push_back(random.below(size + 1));
}

void change_compression(LiveSession& session, Random& random) {
  SendFrame* frame = some_frame(session, random);
  if (frame == nullptr || !deflates(session)) return;
  if (frame->deflate)
    frame->deflate.reset();
  else if (frame->opcode == Opcode::text || frame->opcode == Opcode::binary)
    frame->deflate.emplace();
}

// What a field of the opening is set to: its own form, or one that is not.
void change_opening(LiveSession& session, Random& random) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 16> fields = {{
      {"Upgrade", "WebSocket"},
      {"Upgrade", "h2c"},
      {"Upgrade", ""},
      {"Connection", "keep-alive, Upgrade"},
      {"Connection", "keep-alive"},
      {"Sec-WebSocket-Version", "13"},
      {"Sec-WebSocket-Version", "12"},
      {"Sec-WebSocket-Version", "013"},
      {"Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="},
      {"Sec-WebSocket-Key", "dGhlIHNhbXBsZQ=="},
      {"Sec-WebSocket-Key", ""},
      {"Content-Length", "1"},
      {"X-Fuzz", "fuzz"},
      {"Cookie", "fuzz=1; more=2"},
      {"Sec-WebSocket-Protocol", "fuzz"},
      {"Host", ""},
  }};
  constexpr std::array<std::string_view, 5> needed = {"Host", "Upgrade", "Connection",
                                                      "Sec-WebSocket-Key", "Sec-WebSocket-Version"};
  // What else the opening asks for is not known any more.
  session.demand.reset();
  session.handshake = {};
  session.needs.clear();
  session.agreement = {};
  SendRequest& request = session.handshake;
  if (random.once_in(4)) {
    request.drop.emplace_back(random.one_of(needed));
  } else if (random.once_in(8)) {
    request.method = random.once_in(2) ? "POST" : "get";
  } else {
    const auto& [name, value] = random.one_of(fields);
    request.set.push_back({std::string(name), {std::string(value)}});
  }
}

using Change = void (*)(LiveSession&, Random&);
constexpr std::array<Change, 20> changes = {
    insert_something, insert_something, drop_one,       double_one,       swap_two,
    append_fault,     append_fault,     append_fault,   append_close,     append_end,
    toggle_wait,      cut_one,          cut_one,        change_header,    change_header,
    change_header,    change_payload,   change_payload, change_fragments, change_compression};

}  // namespace

void mutate(LiveSession& session, Random& random) {
  if (random.once_in(25)) return change_opening(session, random);
  random.one_of(changes)(session, random);
}

LiveSession crossed(const LiveSession& first, const LiveSession& second, Random& random) {
  LiveSession made = first;
  Moves tail = second.moves;
  made.moves.erase(place_in(made.moves, random), made.moves.end());
  std::move(place_in(tail, random), tail.end(), std::back_inserter(made.moves));
  return made;
}

}  // namespace wsconform
