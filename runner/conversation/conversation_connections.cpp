// How a Conversation opens its connections, leaves them and takes them up again.
#include "runner/conversation/conversation.h"
#include "runner/conversation/verdict_words.h"

namespace wsconform {

void Conversation::add_line(std::size_t number, Instant now) {
  HandshakeFaultSet overlooked = target_.overlooked;
  for (const HandshakeFault each : case_.about) overlooked.reset(static_cast<std::size_t>(each));
  const Line::Peer peer{target_.role, target_.echoes, overlooked};
  lines_.push_back({number, std::make_unique<Line>(peer, *sending_, *log_, now)});
  line_ = lines_.back().line.get();
}

void Conversation::connected(Instant now) {
  pass_time(now);
  if (finished()) return;
  phase_ = Phase::opening;
  line_->connected(now);
  if (to_connect_ == Duration{}) to_connect_ = now - began_;
  sending_->connected();
  wait_.finish();
  log_->event(now, "TCP is connected");
  play(now);
  settle();
}

void Conversation::taken_up(Instant now) {
  pass_time(now);
  if (finished()) return;
  phase_ = Phase::opening;
  sending_->connected();
  wait_.finish();
  settle();
  react(now);
  for (Heard before = heard(); listens() && line_->take_more();) hear(before, now);
}

void Conversation::connect_failed(std::string_view why, Instant now) {
  pass_time(now);
  if (finished()) return;
  const Ground ground = ground::NotReached{std::string(why)};
  log_->event(now, words_for(ground, {}));
  ruling_.abandon(AtFault::target_unreachable, ground);
  settle();
}

void Conversation::connect_again(bool plain, bool ends_earlier, Instant now) {
  const std::size_t number = sending_->next_connection(plain, ends_earlier, now);
  if (ends_earlier) lines_.pop_back();
  add_line(number, now);
  phase_ = Phase::connecting;
  wait_.begin(now);
}

void Conversation::perform(const TurnTo& step, Instant now) {
  const Spoken& earlier = lines_.at(step.connection - 1);
  sending_->take_up(earlier.number, now);
  line_ = earlier.line.get();
  phase_ = Phase::connecting;
  wait_.begin(now);
}

}  // namespace wsconform
