#include "runner/conversation/sending.h"

#include <array>
#include <cstring>

#include "core/base64.h"
#include "core/close_payload.h"
#include "core/frame_encoder.h"
#include "runner/casebook/case_words.h"
#include "runner/conversation/scripted_frames.h"

namespace wsconform {
namespace {

constexpr auto sent_direction = WireEntry::Direction::sent;

template <std::size_t size>
std::array<std::uint8_t, size> random_bytes(std::mt19937_64& random) {
  std::array<std::uint8_t, size> bytes{};
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
  return bytes;
}

}  // namespace

Sending::Sending(const TargetProfile& target, WireLog& log, std::uint64_t seed)
    : target_(target), log_(log), random_(seed), tickets_(target.tickets) {}

MaskingKey Sending::next_key() {
  return random_bytes<4>(random_);
}

void Sending::send(const SendFrame& step, Exchange& exchange, Instant now) {
  const auto key = [this] { return next_key(); };
  Bytes wire;
  std::vector<std::size_t> sizes;
  const bool compressed = step.deflate && exchange.deflater() != nullptr;
  const std::string meaning = compressed ? "compressed: " + words(step.payload) : std::string();
  for (std::uint64_t n = 0; n < step.times; ++n) {
    for (const WrittenFrame& frame : write_frames(step, Role::client, key, exchange.deflater())) {
      log_.frame(now, sent_direction, frame.header, frame.payload, frame.wire, nullptr, meaning);
      sizes.push_back(frame.wire.size());
      if (frame.header.opcode == Opcode::close) {
        if (const auto code = decode_close_payload(frame.payload).code)
          exchange.sent_close_code(*code);
      }
      append(wire, frame.wire);
    }
  }
  exchange.sent_frames(wire);
  gather(std::move(wire), sizes, step.cut);
}

void Sending::send(const SendBytes& step, Exchange& exchange, Instant now) {
  Bytes wire = step.payload.build();
  log_.bytes(now, sent_direction, wire);
  if (exchange.upgraded()) exchange.sent_frames(wire);
  const std::vector<std::size_t> sizes{wire.size()};
  gather(std::move(wire), sizes, step.cut);
}

void Sending::send(const SendRequest& step, Exchange& exchange, Instant now) {
  const auto nonce = random_bytes<16>(random_);
  const std::string key = base64_encode(text_of(nonce));
  WrittenRequest request = write_request(step, target_, key, tickets_);
  log_.head(now, sent_direction, parse_head(request.head), bytes_of(request.head));
  exchange.sent_request(std::move(request.offer));
  exchange.sent_method(std::move(request.method));
  Bytes wire = to_bytes(request.head);
  std::vector<std::size_t> sizes{wire.size()};
  const Bytes body = step.body.build();
  if (!body.empty()) {
    log_.body(now, sent_direction, body);
    sizes.push_back(body.size());
    append(wire, body);
  }
  gather(std::move(wire), sizes, step.cut);
}

void Sending::gather(Bytes wire, const std::vector<std::size_t>& frame_sizes, const Cut& cut) {
  sent_ += wire.size();
  if (cut.kind == Cut::Kind::whole && last_piece_open_) {
    append(pieces_.back(), wire);
    return;
  }
  for (Bytes& piece : cut_wire(std::move(wire), frame_sizes, cut))
    pieces_.push_back(std::move(piece));
  last_piece_open_ = cut.kind == Cut::Kind::whole;
}

void Sending::flush() {
  for (Bytes& piece : pieces_) {
    if (!piece.empty()) actions_.emplace_back(Write{std::move(piece)});
  }
  pieces_.clear();
  last_piece_open_ = false;
}

void Sending::open_connection(OpenConnection how, Instant now) {
  flush();
  log_.next_connection();
  log_.event(now, how.plain ? "Opens another connection, without TLS" : "Opens another connection");
  how.ends_earlier = how.ends_earlier || target_.one_at_a_time;
  actions_.emplace_back(how);
}

void Sending::end_sending(Exchange& exchange, Instant now) {
  flush();
  log_.event(now, "Ends its direction of TCP");
  exchange.ended_sending();
  actions_.emplace_back(EndSending{});
}

void Sending::cut_line(Exchange& exchange, Instant now) {
  flush();
  log_.event(now, "Resets TCP");
  exchange.ended_sending();
  actions_.emplace_back(CutLine{});
}

void Sending::send_frame(Opcode opcode, Bytes payload, Exchange& exchange, Instant now,
                         bool is_barrier) {
  FrameHeader header = header_for(opcode, payload.size());
  header.masking_key = next_key();
  Bytes wire;
  encode(header, payload, wire);
  log_.frame(now, sent_direction, header, payload, wire);
  if (is_barrier) {
    exchange.sent_barrier(wire, std::move(payload));
  } else {
    exchange.sent_frames(wire);
  }
  gather(std::move(wire), {}, {});
  flush();
}

void Sending::answer(const Exchange::Answer& answer, Exchange& exchange, Instant now) {
  send_frame(answer.opcode, answer.payload, exchange, now, false);
}

void Sending::close(std::uint16_t code, Exchange& exchange, Instant now) {
  send_frame(Opcode::close, encode_close_payload(code), exchange, now, false);
}

void Sending::barrier(Exchange& exchange, Instant now) {
  Bytes payload = to_bytes("barrier ");
  append(payload, bytes_of(to_hex(random_bytes<8>(random_))));
  send_frame(Opcode::ping, std::move(payload), exchange, now, true);
}

}  // namespace wsconform
