#include "runner/conversation/frame_watch.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "core/close_code.h"
#include "core/close_payload.h"
#include "core/frame_encoder.h"
#include "core/frame_rules.h"
#include "core/utf8.h"

namespace wsconform {
namespace {

constexpr auto received = WireEntry::Direction::received;

const Rule* rule_of(std::optional<Violation> broken) {
  return broken ? &wsconform::rule_of(*broken) : nullptr;
}

}  // namespace

void FrameWatch::keep(std::size_t max_message) {
  max_message_ = std::max(max_message_, max_message);
  message_.keep(max_message_);
  // What is compressed may take more than what it inflates to.
  frames_.keep(inflates_ ? 2 * max_message_ : max_message_);
}

void FrameWatch::inflate_with(DeflateContext context) {
  assert(count_ == 0);
  message_.inflate_with(context);
  inflates_ = true;
  keep(max_message_);
}

std::vector<FrameObservation> FrameWatch::receive(ByteView bytes, Instant now) {
  std::vector<FrameDecoder::Item> items;
  frames_.feed(bytes, items);
  count_ += items.size();
  for (FrameDecoder::Item& item : items) observe_frame(item, now);
  if (frames_.pending_header()) observe_begun_frame(*frames_.pending_header(), now);
  return std::exchange(seen_, {});
}

void FrameWatch::receive_end(Instant now) {
  if (!frames_.at_boundary()) log_.event(now, "The stream ended inside a frame");
}

std::optional<Violation> FrameWatch::judge(const FrameHeader& header) const {
  FrameContext context;
  context.receiver = peer_of(under_test_);
  context.in_message = message_.under_way();
  context.rsv1_defined = inflates_;
  return check_header(header, context);
}

std::optional<Violation> FrameWatch::judge_close(ByteView payload) const {
  const auto code = decode_close_payload(payload).code;
  ViolationSet tolerated;
  if (code && code == given_) {
    tolerated.set(static_cast<std::size_t>(Violation::close_code_unassigned));
    tolerated.set(static_cast<std::size_t>(Violation::close_code_out_of_range),
                  classify_close_code(*code) == CloseCodeClass::above_range);
    tolerated.set(static_cast<std::size_t>(Violation::close_code_never_sent),
                  code == close_mandatory_extension);
  }
  return check_close_payload(payload, under_test_, tolerated);
}

// What its header breaks already needs no payload, which may never come.
void FrameWatch::observe_begun_frame(const FrameHeader& header, Instant now) {
  const std::optional<Violation> broken = judge(header);
  const std::optional<Offence> offence = offence_of(header, broken);
  if (!offence || begun_told_) return;
  begun_told_ = true;
  Bytes wire;
  encode(header, {}, wire);
  log_.frame(now, received, header, {}, wire, rule_of(broken));
  see(*offence);
}

std::optional<Offence> FrameWatch::offence_of(const FrameHeader& header,
                                              std::optional<Violation> broken) const {
  if (broken) return IllegalFrame{*broken, header};
  if (close_seen_ && !is_control(header.opcode)) return DataBehindClose{};
  return std::nullopt;
}

void FrameWatch::observe_frame(FrameDecoder::Item& item, Instant now) {
  const FrameHeader& header = item.frame.header;
  const ByteView payload = item.frame.payload;
  std::optional<Violation> broken = judge(header);
  if (!broken && header.opcode == Opcode::close) broken = judge_close(payload);
  const ByteView start = payload.first(std::min(payload.size(), WireLog::max_bytes));
  const Bytes shown(start.begin(), start.end());
  Bytes wire;
  encode(header, shown, wire);
  const bool data = !is_control(header.opcode);
  const std::string inflated = data && !close_seen_ ? message_.take(item) : std::string();
  log_.frame(now, received, header, shown, wire, rule_of(broken), inflated);
  const std::optional<Offence> offence = offence_of(header, broken);
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

void FrameWatch::observe_data(const FrameHeader& header) {
  const std::optional<MalformedDeflate> fault = message_.take_fault();
  if (fault) see(Offence(*fault));
  if (!header.fin) return;
  SawMessage message = message_.finish();
  const bool whole = message.size == message.payload.size();
  if (message.opcode == Opcode::text && whole && !fault && !is_utf8(message.payload))
    see(Offence(TextNotUtf8{}));
  see(std::move(message));
}

}  // namespace wsconform
