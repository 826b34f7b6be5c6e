#include "fuzz/live/frames.h"

#include <array>
#include <cassert>
#include <string>
#include <utility>

#include "core/close_code.h"
#include "core/close_payload.h"

namespace wsconform {
namespace {

constexpr std::array<std::uint64_t, 18> lengths = {
    0, 1, 2, 5, 16, 40, 124, 125, 126, 127, 255, 256, 1000, 4096, 65534, 65535, 65536, 65537};

SendFrame frame_of(Opcode opcode, Payload payload = {}) {
  SendFrame frame;
  frame.opcode = opcode;
  frame.payload = std::move(payload);
  return frame;
}

Payload hex(std::string_view digits) {
  return Payload(from_hex(digits).value());
}

SendFrame data(Random& random) {
  return frame_of(random.once_in(2) ? Opcode::text : Opcode::binary, Payload(to_bytes("fuzz")));
}

SendFrame control(Random& random) {
  return frame_of(random.once_in(2) ? Opcode::ping : Opcode::pong, Payload(to_bytes("ping")));
}

// Any frame that would be legal at the end of the session.
SendFrame next_frame(const LiveSession& session, Random& random) {
  if (read(session).message_under_way)
    return random.once_in(2) ? frame_of(Opcode::continuation, Payload(to_bytes("more")))
                             : control(random);
  return random.once_in(3) ? control(random) : data(random);
}

void add(SendFrame frame, LiveSession& session) {
  session.moves.push_back({std::move(frame)});
}

template <std::uint8_t rsv>
void with_rsv(LiveSession& session, Random& random) {
  SendFrame frame = next_frame(session, random);
  frame.rsv = rsv;
  add(std::move(frame), session);
}

void rsv1_on_continuation(LiveSession& session, Random&) {
  SendFrame frame = frame_of(Opcode::continuation, Payload(to_bytes("more")));
  frame.rsv = 4;
  add(std::move(frame), session);
}

void rsv1_on_control(LiveSession& session, Random& random) {
  SendFrame frame = control(random);
  frame.rsv = 4;
  add(std::move(frame), session);
}

void reserved_data(LiveSession& session, Random& random) {
  add(frame_of(static_cast<Opcode>(3 + random.below(5)),
               Payload(to_bytes(random.once_in(2) ? "" : "data"))),
      session);
}

void reserved_control(LiveSession& session, Random& random) {
  add(frame_of(static_cast<Opcode>(0xB + random.below(5)),
               Payload(to_bytes(random.once_in(2) ? "" : "data"))),
      session);
}

void unmasked(LiveSession& session, Random& random) {
  SendFrame frame = random.once_in(4) ? any_close(random) : next_frame(session, random);
  frame.masking.kind = Masking::Kind::none;
  add(std::move(frame), session);
}

void longer_form(LiveSession& session, Random& random) {
  SendFrame frame = next_frame(session, random);
  frame.length_form = random.once_in(2) ? LengthForm::bits16 : LengthForm::bits64;
  add(std::move(frame), session);
}

void high_bit(LiveSession& session, Random& random) {
  SendFrame frame = next_frame(session, random);
  frame.payload = {};
  frame.length_form = LengthForm::bits64;
  frame.declared_length = (1ULL << 63) + random.below(3);
  add(std::move(frame), session);
}

void long_control(LiveSession& session, Random& random) {
  constexpr std::array<std::uint64_t, 5> sizes = {126, 127, 200, 65535, 65536};
  SendFrame frame = control(random);
  if (random.once_in(4)) frame.opcode = Opcode::close;
  const std::uint64_t size = random.one_of(sizes);
  frame.payload = Payload({{PayloadPart::Kind::repeated, to_bytes("\x03"), size}});
  add(std::move(frame), session);
}

void control_in_fragments(LiveSession& session, Random& random) {
  SendFrame frame = random.once_in(3) ? any_close(random) : control(random);
  frame.fin = false;
  add(std::move(frame), session);
}

void lonely_continuation(LiveSession& session, Random& random) {
  SendFrame frame = frame_of(Opcode::continuation, Payload(to_bytes("alone")));
  frame.fin = !random.once_in(3);
  add(std::move(frame), session);
}

void message_in_message(LiveSession& session, Random& random) {
  SendFrame frame = data(random);
  frame.fin = !random.once_in(3);
  add(std::move(frame), session);
}

// Stray continuation, overlong, surrogate, beyond U+10FFFF, cut off, bytes that never
// occur (RFC 3629 §3).
constexpr std::array<std::string_view, 14> bad_text = {
    "80",     "bf",       "c080",     "c1bf", "e08080", "f0808080", "eda080",
    "edbfbf", "f4908080", "f8888080", "ff",   "48c3",   "e282",     "48f09f98"};

void text_that_is_none(LiveSession& session, Random& random) {
  SendFrame frame = frame_of(Opcode::text);
  Bytes payload =
      to_bytes(std::string(random.one_of(std::array<std::size_t, 4>{0, 1, 7, 130}), 'a'));
  append(payload, ByteView(from_hex(random.one_of(bad_text)).value()));
  frame.payload = Payload(std::move(payload));
  if (random.once_in(3)) frame.fragments = {1 + random.below(3)};
  add(std::move(frame), session);
}

void text_inflates_to_none(LiveSession& session, Random& random) {
  text_that_is_none(session, random);
  std::get<SendFrame>(session.moves.back().act).deflate.emplace();
}

void text_goes_wrong_at_last(LiveSession& session, Random& random) {
  SendFrame first = frame_of(Opcode::text, Payload(to_bytes("fuzz")));
  first.fin = false;
  add(std::move(first), session);
  add(frame_of(Opcode::continuation, hex(random.one_of(bad_text))), session);
}

void short_close(LiveSession& session, Random&) {
  add(frame_of(Opcode::close, hex("03")), session);
}

void close_with(std::span<const std::uint16_t> codes, LiveSession& session, Random& random) {
  const std::string_view reason = random.once_in(2) ? "" : "reason";
  add(frame_of(Opcode::close, Payload(encode_close_payload(random.one_of(codes), reason))),
      session);
}
void close_below(LiveSession& session, Random& random) {
  static constexpr std::array<std::uint16_t, 5> codes = {0, 1, 125, 998, 999};
  close_with(codes, session, random);
}
void close_never_sent(LiveSession& session, Random& random) {
  static constexpr std::array<std::uint16_t, 4> codes = {1004, 1005, 1006, 1015};
  close_with(codes, session, random);
}
void close_unassigned(LiveSession& session, Random& random) {
  static constexpr std::array<std::uint16_t, 5> codes = {1016, 1100, 2000, 2998, 2999};
  close_with(codes, session, random);
}
void close_with_bad_reason(LiveSession& session, Random& random) {
  Bytes payload = encode_close_payload(close_normal, random.once_in(2) ? "" : "bye ");
  append(payload, ByteView(from_hex(random.one_of(bad_text)).value()));
  add(frame_of(Opcode::close, Payload(std::move(payload))), session);
}

// A block of the type that DEFLATE does not have (RFC 1951 §3.2.3).
void no_deflate(LiveSession& session, Random& random) {
  SendFrame frame = frame_of(random.once_in(2) ? Opcode::text : Opcode::binary,
                             hex(random.once_in(2) ? "ffffffffff" : "0600"));
  frame.rsv = 4;
  if (random.once_in(3)) frame.fragments = {1};
  add(std::move(frame), session);
}

constexpr std::array<Fault, 23> all_faults = {{
    {Violation::rsv1_without_extension, "rsv1", with_rsv<4>},
    {Violation::rsv1_without_extension, "rsv1-on-continuation", rsv1_on_continuation, true, true},
    {Violation::rsv1_without_extension, "rsv1-on-control", rsv1_on_control, true},
    {Violation::rsv2_without_extension, "rsv2", with_rsv<2>},
    {Violation::rsv3_without_extension, "rsv3", with_rsv<1>},
    {Violation::reserved_data_opcode, "reserved-data-opcode", reserved_data},
    {Violation::reserved_control_opcode, "reserved-control-opcode", reserved_control},
    {Violation::unmasked_client_frame, "unmasked", unmasked},
    {Violation::length_not_minimal, "longer-form", longer_form},
    {Violation::length_high_bit, "high-bit", high_bit},
    {Violation::control_frame_too_long, "long-control", long_control},
    {Violation::control_frame_fragmented, "control-in-fragments", control_in_fragments},
    {Violation::continuation_without_message, "lonely-continuation", lonely_continuation, false,
     false, true},
    {Violation::message_interrupted, "message-in-message", message_in_message, false, true},
    {Violation::invalid_utf8, "bad-text", text_that_is_none, false, false, true},
    {Violation::invalid_utf8, "bad-text-at-last", text_goes_wrong_at_last, false, false, true},
    {Violation::invalid_utf8, "bad-text-compressed", text_inflates_to_none, true, false, true},
    {Violation::close_payload_of_one_byte, "short-close", short_close},
    {Violation::close_code_out_of_range, "close-below-1000", close_below},
    {Violation::close_code_never_sent, "close-never-sent", close_never_sent},
    {Violation::close_code_unassigned, "close-unassigned", close_unassigned},
    {Violation::close_reason_invalid_utf8, "close-bad-reason", close_with_bad_reason},
    {Violation::malformed_deflate, "no-deflate", no_deflate, true, false, true},
}};

}  // namespace

std::uint64_t any_length(Random& random) {
  // Large ones cost time and seldom show more.
  return lengths.at(random.below(random.once_in(12) ? lengths.size() : 12));
}

Payload payload_of(Opcode opcode, std::uint64_t length, Random& random) {
  if (length == 0) return {};
  if (opcode != Opcode::text) {
    if (random.once_in(2)) return Payload({{PayloadPart::Kind::random, {}, length}});
    return Payload({{PayloadPart::Kind::repeated, from_hex("fe").value(), length}});
  }
  if (length % 2 == 0 && random.once_in(3))
    return Payload({{PayloadPart::Kind::repeated, from_hex("c3a9").value(), length / 2}});
  if (length % 4 == 0 && random.once_in(3))
    return Payload({{PayloadPart::Kind::repeated, from_hex("f09f9880").value(), length / 4}});
  if (random.once_in(2)) return Payload({{PayloadPart::Kind::prose, {}, length}});
  return Payload({{PayloadPart::Kind::repeated, to_bytes("*"), length}});
}

SendFrame any_message(bool deflates, Random& random) {
  SendFrame frame = frame_of(random.once_in(2) ? Opcode::text : Opcode::binary);
  const std::uint64_t length = any_length(random);
  frame.payload = payload_of(frame.opcode, length, random);
  if (random.once_in(3))
    for (std::size_t n = 1 + random.below(3); n > 0; --n)
      frame.fragments.push_back(random.below(static_cast<std::size_t>(length) + 1));
  if (deflates && !random.once_in(3)) {
    frame.deflate.emplace();
    frame.deflate->level = static_cast<int>(random.below(10));
    frame.deflate->final = random.once_in(6);
    frame.deflate->fresh = random.once_in(6);
    if (random.once_in(6)) frame.deflate->block_size = 1 + random.below(64);
    if (random.once_in(4)) frame.deflate->codes = DeflateForm::Codes::fixed;
  }
  if (random.once_in(8)) frame.times = 2 + random.below(3);
  return frame;
}

SendFrame any_control(Random& random) {
  constexpr std::array<std::uint64_t, 6> sizes = {0, 1, 4, 100, 124, 125};
  SendFrame frame = frame_of(random.once_in(4) ? Opcode::pong : Opcode::ping);
  frame.payload = payload_of(Opcode::binary, random.one_of(sizes), random);
  if (random.once_in(8)) frame.times = 2 + random.below(3);
  return frame;
}

SendFrame any_close(Random& random) {
  constexpr std::array<std::uint16_t, 15> codes = {1000, 1000, 1001, 1002, 1003, 1007, 1008, 1009,
                                                   1010, 1011, 3000, 3999, 4000, 4500, 4999};
  if (random.once_in(6)) return frame_of(Opcode::close);
  const std::string reason(random.one_of(std::array<std::size_t, 5>{0, 1, 5, 122, 123}), 'r');
  return frame_of(Opcode::close, Payload(encode_close_payload(random.one_of(codes), reason)));
}

std::span<const Fault> faults() {
  return all_faults;
}

void append_way_to(Place place, LiveSession& session, Random& random) {
  assert(place != Place::opening);
  switch (place) {
    case Place::opening:
    case Place::open:
      return;
    case Place::closing:
      return add(any_close(random), session);
    case Place::in_message:
    case Place::in_compressed_message: {
      SendFrame first = frame_of(random.once_in(2) ? Opcode::text : Opcode::binary);
      first.payload = payload_of(first.opcode,
                                 random.one_of(std::array<std::uint64_t, 4>{0, 4, 8, 130}), random);
      first.fin = false;
      if (place == Place::in_compressed_message) first.deflate.emplace();
      return add(std::move(first), session);
    }
  }
}

}  // namespace wsconform
