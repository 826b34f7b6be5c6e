#include "runner/conversation/target_stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/close_code.h"
#include "core/close_payload.h"
#include "core/frame_encoder.h"
#include "core/frame_rules.h"
#include "core/phrase.h"

namespace wsconform {
namespace {

using Direction = WireEntry::Direction;

constexpr std::size_t max_head = 64 * 1024;
constexpr std::size_t max_body_kept = 16 * 1024;

}  // namespace

TargetStream::TargetStream(Role target, WireLog& log)
    : target_(target), log_(log), head_(max_head) {}

void TargetStream::keep(std::size_t max_message) {
  max_message_ = std::max(max_message_, max_message);
  message_.keep(max_message_);
  // What is compressed may take more than what it inflates to.
  frames_.keep(inflates_ ? 2 * max_message_ : max_message_);
}

std::vector<Observation> TargetStream::receive(ByteView bytes, Instant now) {
  received_ += bytes.size();
  while (!bytes.empty()) {
    switch (phase_) {
      case Phase::head:
        bytes = bytes.subspan(receive_head(bytes, now));
        continue;
      case Phase::body:
        bytes = bytes.subspan(receive_body(bytes, now));
        continue;
      case Phase::after_response:
        log_.bytes(now, Direction::received, bytes);
        see(SawStray{bytes.size()});
        return std::exchange(seen_, {});
      case Phase::frames:
        receive_frames(bytes, now);
        return std::exchange(seen_, {});
    }
  }
  return std::exchange(seen_, {});
}

void TargetStream::log_unfinished(Instant now) {
  if (phase_ == Phase::head && !head_.text().empty())
    log_.bytes(now, Direction::received, bytes_of(head_.text()));
}

std::vector<Observation> TargetStream::receive_end(Instant now) {
  log_unfinished(now);
  if (phase_ == Phase::body && body_) {
    body_->feed_end();
    if (body_->complete()) finish_response(now);
  } else if (phase_ == Phase::frames && !frames_.at_boundary()) {
    log_.event(now, "The stream ended inside a frame");
  }
  return std::exchange(seen_, {});
}

std::size_t TargetStream::receive_head(ByteView bytes, Instant now) {
  const std::size_t taken = head_.feed(bytes);
  if (head_.too_large()) {
    log_.bytes(now, Direction::received, bytes_of(head_.text()));
    see(Offence{fmt::format("The target sent more than {} bytes of a response head", max_head)});
    phase_ = Phase::after_response;
    return bytes.size();
  }
  if (head_.complete()) begin_response(now);
  return taken;
}

void TargetStream::begin_response(Instant now) {
  response_ = {};
  response_.head = parse_head(head_.text());
  const auto line = parse_status_line(response_.head.start_line);
  response_.status = line ? line->code : 0;
  log_.head(now, Direction::received, response_.head, bytes_of(head_.text()));
  if (response_.status == 101) {
    phase_ = Phase::frames;
    agree();
    see(response_);
    return;
  }
  head_ = HeadReader(max_head);
  if (response_.status >= 100 && response_.status < 200) return see(SawInterim{response_.status});
  body_.emplace(response_.head, max_body_kept, method_);
  phase_ = Phase::body;
  if (body_->complete()) finish_response(now);
}

void TargetStream::agree() {
  const auto field = response_.head.combined("Sec-WebSocket-Extensions");
  const auto accepted = parse_extensions(field.value_or(""));
  if (accepted) response_.deflate = deflate_agreement(*accepted, offered_);
  if (!response_.deflate) return;
  message_.inflate_with(response_.deflate->sent_by(target_));
  inflates_ = true;
  keep(max_message_);
}

std::size_t TargetStream::receive_body(ByteView bytes, Instant now) {
  const std::size_t taken = body_->feed(bytes);
  log_.body(now, Direction::received, bytes.first(taken));
  if (body_->malformed()) {
    see(Offence{"The target sent a response whose body cannot be told apart (RFC 9112 §6, §7.1)"});
    phase_ = Phase::after_response;
    return bytes.size();
  }
  if (body_->complete()) finish_response(now);
  return taken;
}

void TargetStream::finish_response(Instant) {
  response_.body = body_->body();
  phase_ = Phase::after_response;
  see(response_);
}

void TargetStream::receive_frames(ByteView bytes, Instant now) {
  std::vector<FrameDecoder::Item> items;
  frames_.feed(bytes, items);
  for (FrameDecoder::Item& item : items) observe_frame(item, now);
  if (frames_.pending_header()) observe_begun_frame(*frames_.pending_header(), now);
}

std::optional<Violation> TargetStream::judge(const FrameHeader& header) const {
  FrameContext context;
  context.receiver = peer_of(target_);
  context.in_message = message_.under_way();
  context.rsv1_defined = inflates_;
  return check_header(header, context);
}

// What its header breaks already needs no payload, which may never come.
void TargetStream::observe_begun_frame(const FrameHeader& header, Instant now) {
  const std::optional<Violation> broken = judge(header);
  const Rule* rule = broken ? &rule_of(*broken) : nullptr;
  const std::optional<Offence> offence = offence_of(header, rule);
  if (!offence || begun_told_) return;
  begun_told_ = true;
  Bytes wire;
  encode(header, {}, wire);
  log_.frame(now, Direction::received, header, {}, wire, rule);
  see(*offence);
}

std::optional<Offence> TargetStream::offence_of(const FrameHeader& header, const Rule* rule) const {
  if (rule != nullptr)
    return Offence{fmt::format("The target sent a frame that breaks {} ({}): {}",
                               cited(rule->section), rule->name, words_for(header))};
  if (close_seen_ && !is_control(header.opcode))
    return Offence{"The target sent data after its Close (RFC 6455 §5.5.1)"};
  return std::nullopt;
}

std::optional<Violation> TargetStream::judge_close(ByteView payload) const {
  const auto code = decode_close_payload(payload).code;
  ViolationSet tolerated;
  if (code && code == given_) {
    tolerated.set(static_cast<std::size_t>(Violation::close_code_unassigned));
    tolerated.set(static_cast<std::size_t>(Violation::close_code_never_sent),
                  code == close_mandatory_extension);
  }
  return check_close_payload(payload, target_, tolerated);
}

void TargetStream::observe_frame(FrameDecoder::Item& item, Instant now) {
  const FrameHeader& header = item.frame.header;
  const ByteView payload = item.frame.payload;
  std::optional<Violation> broken = judge(header);
  if (!broken && header.opcode == Opcode::close) broken = judge_close(payload);
  const Rule* rule = broken ? &rule_of(*broken) : nullptr;
  const ByteView start = payload.first(std::min(payload.size(), WireLog::max_bytes));
  const Bytes shown(start.begin(), start.end());
  Bytes wire;
  encode(header, shown, wire);
  const bool data = !is_control(header.opcode);
  const std::string inflated = data && !close_seen_ ? message_.take(item) : std::string();
  log_.frame(now, Direction::received, header, shown, wire, rule, inflated);
  const std::optional<Offence> offence = offence_of(header, rule);
  if (offence && !std::exchange(begun_told_, false)) see(*offence);
  if (close_seen_) {
    if (data) return;
    return see(SawBehindClose{header.opcode, item.frame.payload});
  }
  switch (header.opcode) {
    case Opcode::ping:
      return see(SawPing{item.frame.payload});
    case Opcode::pong:
      return see(SawPong{item.frame.payload});
    case Opcode::close:
      close_seen_ = true;
      return see(SawClose{decode_close_payload(item.frame.payload).code, item.frame.payload});
    default:
      if (data) observe_data(header);
  }
}

void TargetStream::observe_data(const FrameHeader& header) {
  const std::optional<std::string> fault = message_.take_fault();
  if (fault) see(Offence{*fault});
  if (!header.fin) return;
  SawMessage message = message_.finish();
  const bool whole = message.size == message.payload.size();
  if (message.opcode == Opcode::text && whole && !fault && !is_utf8(message.payload))
    see(Offence{"The target sent a text message that is not UTF-8 (RFC 6455 §8.1)"});
  see(std::move(message));
}

}  // namespace wsconform
