#include "runner/conversation/line.h"

#include <algorithm>
#include <cassert>
#include <iterator>

#include "core/close_payload.h"
#include "core/handshake.h"

namespace wsconform {
namespace {

constexpr std::size_t most_requested = 16 * 1024;  // bytes

}  // namespace

Line::Line(Peer peer, Sending& sending, WireLog& log, Instant now)
    : peer_(peer),
      sending_(sending),
      connected_at_(now),
      opening_(peer.role, log),
      frames_(peer.role, log),
      entitled_(peer.role, now) {
  came_.of = peer.role;
  settle();
}

void Line::send(const SendFrame& step, Instant now) {
  Sending::Draft draft = sending_.frames(step, deflater_ ? &*deflater_ : nullptr, now);
  if (draft.close_code) frames_.may_give_back(*draft.close_code);
  wrote_frames(draft.wire);
  sending_.gather(std::move(draft), step.cut);
}

std::vector<Entitlement::Message> Line::say(const SendFrame& step, Instant now) {
  const std::size_t before = entitled_.echoes().size();
  send(step, now);
  const auto said = entitled_.echoes().begin() + static_cast<std::ptrdiff_t>(before);
  std::vector<Entitlement::Message> messages;
  std::move(said, entitled_.echoes().end(), std::back_inserter(messages));
  entitled_.echoes().erase(said, entitled_.echoes().end());
  settle();
  return messages;
}

void Line::hears(const std::vector<Entitlement::Message>& messages) {
  for (const Entitlement::Message& each : messages) entitled_.owe(each);
  frames_.keep(entitled_.largest() + 1);
  settle();
}

void Line::send(const SendBytes& step, Instant now) {
  Sending::Draft draft = sending_.bytes(step, now);
  if (opening_.upgraded()) wrote_frames(draft.wire);
  sending_.gather(std::move(draft), step.cut);
}

void Line::send(const SendRequest& step, Instant now) {
  Sending::RequestDraft request = sending_.request(step, now);
  offer_ = std::move(request.offer);
  came_.asked = std::move(request.asked);
  opening_.sent_method(std::move(request.method));
  const ByteView wire = request.draft.wire;
  append(requested_, wire.first(std::min(wire.size(), most_requested - requested_.size())));
  sending_.gather(std::move(request.draft), step.cut);
}

void Line::accept(Instant now) {
  assert(came_.request);
  sending_.gather(sending_.response(answer_request(came_.request->head, {}).head, now));
  opening_.accepted();
  wrote_frames(std::exchange(early_, {}));
}

void Line::wrote_frames(ByteView wire) {
  if (!opening_.upgraded()) return append(early_, wire);
  entitled_.sent(wire);
  frames_.keep(entitled_.largest() + 1);
  for (Bytes& payload : entitled_.pings()) pings_.add(std::move(payload), false);
  if (!std::exchange(entitled_.pings(), {}).empty())
    came_.latest_ping_answered = pings_.latest_is_answered();
  if (!peer_.echoes) entitled_.echoes().clear();
  close_sent_ = close_sent_ || entitled_.closing();
  settle();
}

Sending::Draft Line::frame(Opcode opcode, Bytes payload, Instant now) {
  Sending::Draft draft = sending_.frame(opcode, payload, now);
  wrote_frames(draft.wire);
  return draft;
}

void Line::ask(Instant now) {
  Bytes payload = sending_.barrier_payload();
  Sending::Draft draft = sending_.frame(Opcode::ping, payload, now);
  entitled_.sent(draft.wire);
  entitled_.pings().clear();
  pings_.add(std::move(payload), true);
  asked_ = true;
  barrier_answered_ = false;
  settle();
  sending_.gather(std::move(draft));
  sending_.flush();
}

void Line::close(std::uint16_t code, Instant now) {
  sending_.gather(frame(Opcode::close, encode_close_payload(code), now));
  sending_.flush();
}

void Line::end(Instant now) {
  ended_ = true;
  sending_.end(now);
}

void Line::abort(Instant now) {
  ended_ = true;
  sending_.abort(now);
}

bool Line::answer(Instant now) {
  bool answered = false;
  for (Answer& each : std::exchange(due_, {})) {
    if (close_sent_) break;
    sending_.gather_answer(frame(each.opcode, std::move(each.payload), now));
    answered = true;
  }
  if (answered) sending_.flush();
  return answered;
}

bool Line::can_ask() const {
  return opening_.upgraded() && !close_sent_ && !came_.close && !came_.end && !ended_ &&
         entitled_.at_boundary();
}

void Line::assume_open() {
  asked_ = barrier_answered_ = came_.assumed = true;
  settle();
}

void Line::forget_decision() {
  asked_ = barrier_answered_ = came_.assumed = came_.silent = false;
  settle();
}

void Line::receive(ByteView bytes, Instant now) {
  came_.received += bytes.size();
  const std::size_t room = Reaction::most_beginning - came_.beginning.size();
  append(came_.beginning, bytes.first(std::min(room, bytes.size())));
  if (!opening_.upgraded()) {
    bytes = bytes.subspan(opening_.receive(bytes, now));
    take_opening();
  }
  if (!bytes.empty())
    std::ranges::move(frames_.receive(bytes, now), std::back_inserter(not_taken_in_));
  if (!take_more()) settle();
}

void Line::take_opening() {
  if (auto head = opening_.take_head()) came_.head = std::move(head);
  for (OpeningObservation& each : opening_.take_seen())
    std::visit([this](auto& seen) { observe(std::move(seen)); }, each);
}

bool Line::take_more() {
  if (not_taken_in_.empty()) return false;
  FrameObservation next = std::move(not_taken_in_.front());
  not_taken_in_.pop_front();
  std::visit([this](auto& seen) { observe(std::move(seen)); }, next);
  settle();
  return true;
}

void Line::receive_end(StreamEnd end, Instant now) {
  if (opening_.upgraded()) {
    frames_.receive_end(now);
  } else {
    opening_.receive_end(now);
    take_opening();
  }
  came_.end = end;
  settle();
}

bool Line::take_echo() {
  if (came_.echoes <= echoes_taken_) return false;
  ++echoes_taken_;
  settle();
  return true;
}

bool Line::take_ping() {
  if (came_.pings <= pings_taken_) return false;
  ++pings_taken_;
  return true;
}

void Line::agree() {
  const auto field = came_.response->head.combined("Sec-WebSocket-Extensions");
  const auto accepted = parse_extensions(field.value_or(""));
  if (accepted) came_.deflate = deflate_agreement(*accepted, offer_.extensions);
  if (!came_.deflate) return;
  frames_.inflate_with(came_.deflate->sent_by(peer_.role));
  deflater_.emplace(came_.deflate->sent_by(peer_of(peer_.role)));
  entitled_.agreed();
}

void Line::settle() {
  came_.open = barrier_answered_ && !came_.close && !came_.end;
  came_.all_echoed = entitled_.echoes().empty();
  came_.upgraded = opening_.upgraded();
  came_.frames = frames_.count();
  came_.opening_begun = opening_.begun();
  came_.faulty = entitled_.faulty();
  came_.sent_violation = entitled_.violation();
  came_.illegal_close = entitled_.illegal_close();
  came_.echoes_beside = came_.echoes - echoes_taken_;
  came_.refusable = entitled_.faulty() || (entitled_.malformed_deflate() && !malformed_came_back_);
  came_.largest_sent = entitled_.largest();
}

}  // namespace wsconform
