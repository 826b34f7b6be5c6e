#include "runner/conversation/sent_pings.h"

#include <algorithm>

namespace wsconform {

// Of the first that is not answered and has the payload; their number where there is none.
std::size_t SentPings::find(ByteView payload) const {
  std::size_t at = first_unanswered_;
  while (at < pings_.size() &&
         (pings_[at].answered || !std::ranges::equal(pings_[at].payload, payload)))
    ++at;
  return at;
}

bool SentPings::awaits(ByteView payload) const {
  return find(payload) < pings_.size();
}

SentPings::Answered SentPings::answer(ByteView payload) {
  const std::size_t at = find(payload);
  if (at == pings_.size()) return Answered::none;
  pings_[at].answered = true;
  while (first_unanswered_ < pings_.size() && pings_[first_unanswered_].answered)
    ++first_unanswered_;
  return pings_[at].barrier ? Answered::barrier : Answered::ping;
}

bool SentPings::latest_is_answered() const {
  const auto latest = std::ranges::find(pings_.rbegin(), pings_.rend(), false, &Ping::barrier);
  return latest != pings_.rend() && std::ranges::any_of(pings_, [&](const Ping& ping) {
           return ping.answered && ping.payload == latest->payload;
         });
}

}  // namespace wsconform
