#include "runner/conversation/entitlement.h"

#include <algorithm>
#include <cassert>
#include <limits>

#include "core/close_payload.h"
#include "core/frame_rules.h"

namespace wsconform {
namespace {

ConnectionOptions boundless(Role role) {
  ConnectionOptions options;
  options.role = role;
  options.skip_handshake = true;
  options.answer_pings = false;
  options.limits.max_frame = std::numeric_limits<std::uint64_t>::max();
  options.limits.max_message = std::numeric_limits<std::uint64_t>::max();
  options.limits.max_fragments = std::numeric_limits<std::uint64_t>::max();
  options.limits.max_controls_per_second = std::numeric_limits<std::uint64_t>::max();
  options.deadlines = {Duration::zero(), Duration::zero(), Duration::zero(), Duration::zero()};
  options.next_masking_key = [] { return MaskingKey{}; };
  // §5.2 has the sender write the shortest length; a target that takes a longer one may answer it.
  options.tolerated.set(static_cast<std::size_t>(Violation::length_not_minimal));
  return options;
}

bool is_of_close_payload(Violation broken) {
  return broken == Violation::close_payload_of_one_byte ||
         broken == Violation::close_code_out_of_range ||
         broken == Violation::close_code_never_sent || broken == Violation::close_code_unassigned ||
         broken == Violation::close_reason_invalid_utf8;
}

// The first of the frames that breaks the rule is a Close: its code, or 0. One that is not masked
// ends the connection, answered or not (§5.1).
std::optional<std::uint16_t> illegal_close_among(const std::vector<FrameDecoder::Item>& frames,
                                                 Violation broken) {
  const FrameContext context{.in_message = true};
  for (const FrameDecoder::Item& each : frames) {
    const bool close = each.frame.header.opcode == Opcode::close;
    const bool breaks =
        is_of_close_payload(broken) ? close : check_header(each.frame.header, context) == broken;
    if (!breaks) continue;
    if (!close || broken == Violation::unmasked_client_frame) return std::nullopt;
    return decode_close_payload(each.frame.payload).code.value_or(0);
  }
  return std::nullopt;
}

}  // namespace

Entitlement::Entitlement(Role target, Instant now)
    : role_(target), began_(now), target_(boundless(target), now) {}

void Entitlement::agreed() {
  assert(!sent_);
  ConnectionOptions options = boundless(role_);
  options.deflate.emplace();
  target_ = Connection(std::move(options), began_);
}

void Entitlement::sent(ByteView wire) {
  sent_ = sent_ || !wire.empty();
  std::vector<FrameDecoder::Item> items;
  frames_.feed(wire, items);
  Bytes copy(wire.begin(), wire.end());
  target_.receive(copy);
  for (const Event& event : target_.take_events()) {
    if (const auto* message = std::get_if<MessageReceived>(&event)) {
      largest_ = std::max(largest_, message->payload.size());
      echoes_.push_back({message->opcode, Bytes(message->payload.begin(), message->payload.end())});
    } else if (const auto* ping = std::get_if<PingReceived>(&event)) {
      pings_.emplace_back(ping->payload.begin(), ping->payload.end());
    } else if (const auto* failed = std::get_if<Failed>(&event)) {
      violation_ = failed->violation;
      if (failed->violation) illegal_close_ = illegal_close_among(items, *failed->violation);
    } else if (std::holds_alternative<CloseReceived>(event)) {
      closing_ = true;
    }
  }
  target_.take_output();
}

void Entitlement::owe(const Message& message) {
  largest_ = std::max(largest_, message.payload.size());
  echoes_.push_back(message);
}

}  // namespace wsconform
