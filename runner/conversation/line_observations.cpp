// What a line makes of what came: is it an answer that is due, one that is owed, or an offence.
#include <algorithm>
#include <utility>

#include "core/handshake_judge.h"
#include "runner/conversation/line.h"

namespace wsconform {
namespace {

std::optional<ChangedEcho> difference(const SawMessage& came, const Entitlement::Message& sent) {
  // More is kept of a message than any that was sent is long.
  if (came.opcode == sent.opcode && came.payload == sent.payload) return std::nullopt;
  const auto at = std::ranges::mismatch(came.payload, sent.payload).in1 - came.payload.begin();
  return ChangedEcho{sent.opcode, came.opcode, sent.payload.size(), came.size,
                     static_cast<std::uint64_t>(at)};
}

}  // namespace

void Line::observe(SawRequest request) {
  const std::vector<HandshakeFault> faults = judge_request(request.head);
  if (!faults.empty()) observe(IllegalOpening{faults.front(), Role::client});
  came_.request = std::move(request);
}

void Line::observe(SawResponse response) {
  came_.status = response.status;
  came_.response = std::move(response);
  if (came_.status != 101) return;
  std::vector<HandshakeFault> faults = judge_response(came_.response->head, offer_);
  // No reason for a client to fail the connection (§4.1): for the case about these fields alone.
  std::erase_if(faults, [this](HandshakeFault fault) {
    return fault == HandshakeFault::content_in_101 ||
           peer_.overlooked[static_cast<std::size_t>(fault)];
  });
  if (!faults.empty()) observe(IllegalOpening{faults.front(), Role::server});
  agree();
  wrote_frames(std::exchange(early_, {}));
}

void Line::observe(SawStray stray) {
  came_.stray += stray.size;
  if (peer_.role == Role::client) observe(SpokeTooEarly{});
}

void Line::observe(SawMessage message) {
  came_.latest_compressed = message.compressed;
  if (!peer_.echoes) return;
  if (entitled_.echoes().empty()) {
    if (entitled_.malformed_deflate()) {
      malformed_came_back_ = true;
      ++came_.echoes;
      return;
    }
    if (entitled_.faulty()) return observe(AnswerToIllegalData{glimpse_of(message)});
    return observe(UnaskedMessage{glimpse_of(message)});
  }
  if (const auto changed = difference(message, entitled_.echoes().front()))
    return observe(*changed);
  entitled_.echoes().pop_front();
  ++came_.echoes;
}

void Line::observe(SawPing ping) {
  ++came_.pings;
  if (!close_sent_ && !ended_) due_.push_back({Opcode::pong, std::move(ping.payload)});
}

void Line::observe(SawPong pong) {
  const SentPings::Answered answered = pings_.answer(pong.payload);
  if (answered != SentPings::Answered::none) {
    barrier_answered_ = barrier_answered_ || answered == SentPings::Answered::barrier;
    came_.latest_ping_answered = pings_.latest_is_answered();
    return;
  }
  // §5.5.3 allows any Pong as a heartbeat, but none that answers what was no Ping.
  Bytes beginning = MessageGlimpse::beginning_of(pong.payload);
  const bool by_chance = pong.payload.size() < 4;  // that it stands in the request
  if (!by_chance && !std::ranges::search(requested_, pong.payload).empty())
    return observe(PongToRequest{std::move(beginning)});
  if (!came_.unasked_pong) came_.unasked_pong = std::move(beginning);
}

void Line::observe(SawClose close) {
  if (!close_sent_ && !ended_) {
    Bytes payload = close.code ? Bytes(close.payload.begin(), close.payload.begin() + 2) : Bytes{};
    due_.push_back({Opcode::close, std::move(payload)});
  }
  came_.close = std::move(close);
}

// A Pong may have been under way when the Close was sent.
void Line::observe(const SawBehindClose& frame) {
  if (frame.opcode == Opcode::close) {
    came_.behind_close = BehindClose::second_close;
  } else if (frame.opcode == Opcode::pong && !frame.payload.empty() &&
             !pings_.awaits(frame.payload)) {
    came_.behind_close = BehindClose::pong;
  }
}

void Line::observe(Offence offence) {
  if (!came_.offence) came_.offence = std::move(offence);
}

}  // namespace wsconform
