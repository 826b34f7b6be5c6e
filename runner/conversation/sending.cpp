#include "runner/conversation/sending.h"

#include <array>
#include <cassert>

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
    : target_(target),
      own_(peer_of(target.role)),
      log_(log),
      random_(seed),
      tickets_(target.tickets) {}

MaskingKey Sending::next_key() {
  return random_bytes<4>(random_);
}

// Drafts

// The frame in the form that the target takes texts in; nullopt: it is none of a text, or the
// target takes any.
std::optional<SendFrame> Sending::in_form(const SendFrame& step) {
  const bool begins = step.opcode == Opcode::text && step.rsv == 0;
  const bool goes_on = step.opcode == Opcode::continuation && in_text_;
  if (!is_control(step.opcode)) in_text_ = (begins || goes_on) && !step.fin;
  if (!target_.message || !(begins || goes_on)) return std::nullopt;
  SendFrame formed = step;
  formed.payload = Payload(target_.message->filled(step.payload.build(), begins, step.fin));
  return formed;
}

Sending::Draft Sending::frames(const SendFrame& as_written, Deflater* deflater, Instant now) {
  const std::optional<SendFrame> formed = in_form(as_written);
  const SendFrame& step = formed ? *formed : as_written;
  const auto key = [this] { return next_key(); };
  Draft draft;
  const bool compressed = step.deflate && deflater != nullptr;
  const std::string meaning = compressed ? "compressed: " + words(step.payload) : std::string();
  for (std::uint64_t n = 0; n < step.times; ++n) {
    for (const WrittenFrame& frame : write_frames(step, own_, key, deflater)) {
      log_.frame(now, sent_direction, frame.header, frame.payload, frame.wire, nullptr, meaning);
      draft.sizes.push_back(frame.wire.size());
      if (frame.header.opcode == Opcode::close) {
        if (const auto code = decode_close_payload(frame.payload).code) draft.close_code = code;
      }
      append(draft.wire, frame.wire);
    }
    if (compressed) draft.inflated += step.payload.size();
  }
  return draft;
}

Sending::Draft Sending::bytes(const SendBytes& step, Instant now) {
  Bytes wire = step.payload.build();
  log_.bytes(now, sent_direction, wire);
  const std::size_t size = wire.size();
  return {std::move(wire), {size}};
}

Sending::RequestDraft Sending::request(const SendRequest& step, Instant now) {
  const auto nonce = random_bytes<16>(random_);
  const std::string key = base64_encode(text_of(nonce));
  WrittenRequest request = write_request(step, target_, key, tickets_);
  for (const auto& [value, before] : request.credentials) {
    log_.keep_secret(value, before);
    target_.shown_lately->add(value, before);
  }
  const HttpHead head = parse_head(request.head);
  log_.head(now, sent_direction, head, bytes_of(request.head));
  Bytes wire = to_bytes(request.head);
  std::vector<std::size_t> sizes{wire.size()};
  const Bytes body = step.body.build();
  if (!body.empty()) {
    log_.body(now, sent_direction, body);
    sizes.push_back(body.size());
    append(wire, body);
  }
  return {{std::move(wire), std::move(sizes)},
          std::move(request.offer),
          std::move(request.method),
          seen_in(step, head)};
}

Sending::Draft Sending::response(const HttpHead& head, Instant now) {
  Bytes wire = to_bytes(write_head(head));
  log_.head(now, sent_direction, head, wire);
  return {std::move(wire)};
}

Sending::Draft Sending::frame(Opcode opcode, ByteView payload, Instant now) {
  FrameHeader header = header_for(opcode, payload.size());
  if (own_ == Role::client) header.masking_key = next_key();  // RFC 6455 §5.1
  Draft draft;
  encode(header, payload, draft.wire);
  log_.frame(now, sent_direction, header, payload, draft.wire);
  return draft;
}

Bytes Sending::barrier_payload() {
  Bytes payload = to_bytes("barrier ");
  append(payload, bytes_of(to_hex(random_bytes<8>(random_))));
  return payload;
}

// Actions

void Sending::gather(Draft draft, const Cut& cut) {
  constexpr std::uint64_t for_a_frame = 64;  // bytes moved in the time that one more takes
  asked_ += draft.wire.size();
  work_ += draft.wire.size() + draft.inflated + for_a_frame * draft.sizes.size();
  if (cut.kind == Cut::Kind::whole && last_piece_open_) {
    append(pieces_.back(), draft.wire);
    return;
  }
  for (Bytes& piece : cut_wire(std::move(draft.wire), draft.sizes, cut))
    pieces_.push_back(std::move(piece));
  last_piece_open_ = cut.kind == Cut::Kind::whole;
}

void Sending::gather_answer(Draft draft) {
  const std::uint64_t asked = asked_;
  const std::uint64_t work = work_;
  gather(std::move(draft));
  asked_ = asked;
  work_ = work;
}

void Sending::flush() {
  std::erase_if(pieces_, [](const Bytes& piece) { return piece.empty(); });
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    under_way_.push_back({pieces_[i].size(), i + 1 == pieces_.size()});
    actions_.emplace_back(Write{std::move(pieces_[i]), i > 0});
  }
  pieces_.clear();
  last_piece_open_ = false;
}

void Sending::connected() {
  under_way_.clear();
  gone_.clear();
}

void Sending::written(Instant now) {
  assert(!under_way_.empty());
  const Piece piece = under_way_.front();
  under_way_.pop_front();
  gone_.push_back({piece.size, now});
  if (!piece.last) return;
  if (gone_.size() > 1) log_.pieces(now, gone_);
  gone_.clear();
}

std::size_t Sending::next_connection(bool plain, bool ends_earlier, Instant now) {
  in_text_ = false;
  flush();
  ends_earlier = ends_earlier || target_.one_at_a_time;
  log_.connection(++latest_);
  if (own_ == Role::server) {
    log_.event(now, "Waits for another connection");
    actions_.emplace_back(AwaitConnection{ends_earlier});
    return latest_;
  }
  log_.event(now, plain ? "Opens another connection, without TLS" : "Opens another connection");
  actions_.emplace_back(OpenConnection{plain, ends_earlier});
  return latest_;
}

void Sending::take_up(std::size_t number, Instant now) {
  in_text_ = false;
  flush();
  log_.connection(number);
  log_.event(now, "Goes on with this connection");
  actions_.emplace_back(TakeUp{number});
}

void Sending::end(Instant now) {
  flush();
  log_.event(now, "Ends its direction of TCP");
  actions_.emplace_back(EndSending{});
}

void Sending::abort(Instant now) {
  flush();
  log_.event(now, "Resets TCP");
  actions_.emplace_back(AbortConnection{});
}

}  // namespace wsconform
