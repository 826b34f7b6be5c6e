#include "runner/conversation/exchange.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/phrase.h"

namespace wsconform {
namespace {

std::string in_bytes(std::uint64_t size) {
  return fmt::format("{} byte{}", size, size == 1 ? "" : "s");
}

std::string words_for(const SawMessage& message) {
  const std::string kind(name_of(message.opcode));
  return fmt::format("a {} message of {} ({})", kind, in_bytes(message.size),
                     quoted(message.payload, 40));
}

std::string difference(const SawMessage& came, const Entitlement::Message& sent) {
  if (came.opcode != sent.opcode) {
    return fmt::format("A {} message came back as {}", name_of(sent.opcode), name_of(came.opcode));
  }
  if (came.size != sent.payload.size()) {
    return fmt::format("A message of {} came back with {}", in_bytes(sent.payload.size()),
                       in_bytes(came.size));
  }
  const auto at = std::ranges::mismatch(came.payload, sent.payload).in1 - came.payload.begin();
  return fmt::format("A message of {} came back changed from byte {} on", in_bytes(came.size), at);
}

}  // namespace

Exchange::Exchange(Role target, bool echoes, WireLog& log, Instant now)
    : target_(target), echoes_(echoes), entitled_(target, now), stream_(target, log) {}

void Exchange::sent_frames(ByteView wire) {
  entitled_.sent(wire);
  stream_.keep(entitled_.largest() + 1);
  for (Bytes& payload : entitled_.pings()) pings_.push_back({std::move(payload), false, false});
  entitled_.pings().clear();
  if (!echoes_) entitled_.echoes().clear();
  close_sent_ = close_sent_ || entitled_.closing();
}

void Exchange::sent_barrier(ByteView wire, Bytes payload) {
  entitled_.sent(wire);
  entitled_.pings().clear();
  pings_.push_back({std::move(payload), true, false});
  barrier_sent_ = true;
  barrier_answered_ = false;
}

void Exchange::receive(ByteView bytes, Instant now) {
  const std::size_t room = Reaction::most_beginning - beginning_.size();
  append(beginning_, bytes.first(std::min(room, bytes.size())));
  take_in(stream_.receive(bytes, now));
}

void Exchange::receive_end(StreamEnd end, Instant now) {
  take_in(stream_.receive_end(now));
  end_ = end;
}

bool Exchange::can_ask() const {
  return upgraded() && !close_sent_ && !close_ && !end_ && !ended_sending_ &&
         entitled_.at_boundary();
}

bool Exchange::latest_ping_answered() const {
  const auto latest = std::ranges::find_if(pings_.rbegin(), pings_.rend(),
                                           [](const SentPing& ping) { return !ping.barrier; });
  if (latest == pings_.rend()) return false;
  return std::ranges::any_of(pings_, [&](const SentPing& ping) {
    return ping.answered && ping.payload == latest->payload;
  });
}

void Exchange::take_in(std::vector<Observation> observations) {
  for (Observation& each : observations) {
    std::visit([this](auto& seen) { observe(std::move(seen)); }, each);
  }
}

void Exchange::observe(SawResponse response) {
  if (response.status == 101) {
    std::vector<HandshakeFault> faults = judge_response(response.head, offer_);
    // No reason for a client to fail the connection (§4.1): it is for the case about these fields alone.
    std::erase(faults, HandshakeFault::content_in_101);
    if (!faults.empty()) {
      const HandshakeRule& rule = rule_of(faults.front());
      const std::string_view says = rule.says.substr(0, rule.says.find_last_not_of('.') + 1);
      offend(
          fmt::format("The 101 response breaks {} ({}): {}", cited(rule.section), rule.name, says));
    }
    deflate_ = response.deflate;
    if (deflate_) {
      deflater_.emplace(deflate_->sent_by(peer_of(target_)));
      entitled_.agreed();
    }
  }
  response_ = std::move(response);
}

void Exchange::observe(SawMessage message) {
  ++messages_received_;
  latest_compressed_ = message.compressed;
  if (!echoes_) return;
  if (entitled_.echoes().empty() && entitled_.malformed_deflate()) {
    malformed_came_back_ = true;
    ++echoes_received_;
    return;
  }
  if (entitled_.echoes().empty()) {
    return offend(entitled_.faulty()
                      ? "The target answered what it had to refuse, with " + words_for(message)
                      : "The target sent " + words_for(message) + " that answers nothing");
  }
  const Entitlement::Message& sent = entitled_.echoes().front();
  if (message.opcode != sent.opcode || message.size != sent.payload.size() ||
      message.payload != sent.payload) {
    return offend(difference(message, sent));
  }
  entitled_.echoes().pop_front();
  ++echoes_received_;
}

void Exchange::observe(SawPing ping) {
  ++pings_received_;
  if (!close_sent_ && !ended_sending_) answers_.push_back({Opcode::pong, std::move(ping.payload)});
}

Exchange::SentPing* Exchange::unanswered(ByteView payload) {
  const auto first = pings_.begin() + static_cast<std::ptrdiff_t>(first_unanswered_);
  const auto found = std::find_if(first, pings_.end(), [&](const SentPing& ping) {
    return !ping.answered && std::ranges::equal(ping.payload, payload);
  });
  return found == pings_.end() ? nullptr : &*found;
}

void Exchange::observe(const SawPong& pong) {
  SentPing* asked = unanswered(pong.payload);
  if (asked == nullptr) {
    // §5.5.3 allows a Pong as a heartbeat; one with a payload that no Ping had answers nothing.
    if (!pong.payload.empty())
      offend("The target sent a Pong whose payload no Ping asked for: " + quoted(pong.payload, 40));
    return;
  }
  asked->answered = true;
  barrier_answered_ = barrier_answered_ || asked->barrier;
  while (first_unanswered_ < pings_.size() && pings_[first_unanswered_].answered)
    ++first_unanswered_;
}

void Exchange::observe(SawClose close) {
  if (!close_sent_ && !ended_sending_) {
    Bytes payload = close.code ? Bytes(close.payload.begin(), close.payload.begin() + 2) : Bytes{};
    answers_.push_back({Opcode::close, std::move(payload)});
  }
  close_ = std::move(close);
}

// §5.5.1 forbids data behind a Close and no other frame. A Pong may have been under way when the Close was sent.
void Exchange::observe(const SawBehindClose& frame) {
  if (frame.opcode == Opcode::close) {
    behind_close_ = "A second Close followed the first.";
  } else if (frame.opcode == Opcode::pong && !frame.payload.empty() &&
             unanswered(frame.payload) == nullptr) {
    behind_close_ = "A Ping that came behind a Close was answered.";
  }
}

void Exchange::observe(const SawStray& stray) {
  stray_ += stray.size;
}

void Exchange::observe(Offence offence) {
  offend(std::move(offence.says));
}

void Exchange::offend(std::string says) {
  if (!offence_) offence_ = std::move(says);
}

}  // namespace wsconform
