#include "runner/conversation/entitlement.h"

#include <algorithm>
#include <limits>

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

}  // namespace

Entitlement::Entitlement(Role target, Instant now)
    : role_(target), began_(now), target_(boundless(target), now) {}

void Entitlement::agreed() {
  ConnectionOptions options = boundless(role_);
  options.deflate.emplace();
  target_ = Connection(std::move(options), began_);
}

void Entitlement::sent(ByteView wire) {
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
    } else if (std::holds_alternative<CloseReceived>(event)) {
      closing_ = true;
    }
  }
  target_.take_output();
}

}  // namespace wsconform
