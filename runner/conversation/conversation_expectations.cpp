// How each expectation of a Conversation is met, or judged. Each is asked again after
// everything that happens.
#include "core/close_code.h"
#include "runner/conversation/conversation.h"
#include "runner/conversation/ending.h"
#include "runner/conversation/judgement.h"
#include "runner/conversation/verdict_words.h"

namespace wsconform {

Conversation::Progress Conversation::meet(const AwaitRequest& step, Instant now) {
  const Reaction& came = line_->reaction();
  if (!came.request) {
    if (came.end) judge_instead(words_for_awaited(step), came, ruling_);
    return Progress::waiting;
  }
  answered_handshake(now);
  return Progress::met;
}

Conversation::Progress Conversation::meet(const ExpectResponse& step, Instant now) {
  const Reaction& came = line_->reaction();
  if (!came.response) {
    if (came.end) judge_instead(words_for_awaited(Expectation(step)), came, ruling_);
    return Progress::waiting;
  }
  answered_handshake(now);
  judge_response(step, case_, came, ruling_);
  return Progress::met;
}

Conversation::Progress Conversation::meet(const ExpectRefusal& step, Instant now) {
  const Reaction& came = line_->reaction();
  if (!came.response && !came.end) {
    return silence_may_last() && now >= hush_ends() ? Progress::met : Progress::waiting;
  }
  const bool refused = came.response && came.response->status != 101;
  if (refused && !came.end && came.stray == 0 && await_end_behind_refusal(now) == Progress::waiting)
    return Progress::waiting;
  judge_refusal(step, came, ruling_);
  return Progress::met;
}

// What may follow a refusal is the end of TCP. Ours asks for it once the target had time for all
// that was still to come: many drop what they have to say when they see the other end go.
Conversation::Progress Conversation::await_end_behind_refusal(Instant now) {
  if (phase_ != Phase::refused && phase_ != Phase::ended) {
    phase_ = Phase::refused;
    refusal_took_ = now - wait_.since();
    wait_.begin(now);
  }
  if (now < hush_ends()) return Progress::waiting;
  if (phase_ == Phase::ended) return Progress::met;
  phase_ = Phase::ended;
  line_->end(now);
  wait_.begin(now);
  return Progress::waiting;
}

void Conversation::perform(const NextTry&, Instant now) {
  cpu_before_ = cpu_ ? cpu_() : std::nullopt;
  connect_again(false, true, now);
}

Conversation::Progress Conversation::meet(const TakeTime& step, Instant now) {
  const Reaction& came = line_->reaction();
  if (came.received == 0 && !came.end) return Progress::waiting;
  const auto cpu = cpu_ ? cpu_() : std::nullopt;
  proportion_.took(step.trial, now - line_->connected_at(),
                   cpu && cpu_before_ ? std::optional(*cpu - *cpu_before_) : std::nullopt);
  if (step.trial != Trial::quarter && proportion_.settled())
    at_ = judgement_behind(script_, at_) - 1;  // no further round
  return Progress::met;
}

Conversation::Progress Conversation::meet(const ExpectProportion& step, Instant) {
  if (const auto fault = proportion_.fault())
    ruling_.fail(*fault, line_->reaction(), words_for_awaited(Expectation(step)));
  return Progress::met;
}

Conversation::Progress Conversation::meet(const ExpectFrame& step, Instant now) {
  const bool data = step.opcode == Opcode::text || step.opcode == Opcode::binary;
  if (data && !target_.echoes) return meet_by_barrier(now);
  const Reaction& came = line_->reaction();
  const bool met = (data && line_->take_echo()) ||
                   (step.opcode == Opcode::pong && came.latest_ping_answered) ||
                   (step.opcode == Opcode::ping && line_->take_ping());
  if (!met) {
    if (came.end || came.close) judge_instead(words_for_awaited(Expectation(step)), came, ruling_);
    return Progress::waiting;
  }
  if (step.compressed && !came.latest_compressed)
    ruling_.fail(ground::NotCompressed{}, came, words_for_awaited(Expectation(step)));
  return Progress::met;
}

Conversation::Progress Conversation::meet_by_barrier(Instant now) {
  ruling_.note(words_for(Note::ping_for_echo));
  return meet(StaysOpen{}, now);
}

Conversation::Progress Conversation::meet(const StaysOpen&, Instant now) {
  static const ExpectEnding open{.endings = {Ending{}}};
  return meet(open, now);
}

Conversation::Progress Conversation::meet(const ExpectEnding& step, Instant now) {
  if (silence_may_last() && now >= hush_ends()) line_->assume_silent();
  const Reaction& came = line_->reaction();
  if (is_decided(step, came)) {
    if (ask_again(step, came, now)) return Progress::waiting;
    judge_ending(step, words_for_awaited_ending(script_[at_]), came, ruling_);
    if (ruling_.finished()) return Progress::met;
    if (awaited().silence_counts && !came.silent) pass_to_reconnect();
    line_->forget_decision();
    return Progress::met;
  }
  if (!may_ask(step, now)) return Progress::waiting;
  wait_.asked();
  if (!target_.pongs) return assume_open(step, now);
  line_->ask(now);
  return Progress::waiting;
}

bool Conversation::is_decided(const ExpectEnding& step, const Reaction& came) const {
  const bool awaits_echo = any_of_kind(step.endings, EndingKind::echo) && target_.echoes;
  if (came.end || came.silent || (came.open && (!awaits_echo || came.all_echoed))) return true;
  const bool responded =
      (came.status && (!came.upgraded || allows_status(step.endings, *came.status))) ||
      (came.interim && allows_status(step.endings, *came.interim));
  return responded && !response_is_met();
}

bool Conversation::may_ask(const ExpectEnding& step, Instant now) const {
  if (!step.asks || line_->asked() || !line_->can_ask()) return false;
  // Whoever gave back all that it got, and nothing wrong among it, has nothing left to judge.
  const Reaction& came = line_->reaction();
  const bool judged = came.echoes > 0 && came.all_echoed && !came.refusable;
  const bool at_once = target_.pongs && (!may_end(step.endings) || judged);
  return at_once || now >= hush_ends();
}

Conversation::Progress Conversation::assume_open(const ExpectEnding& step, Instant now) {
  ruling_.note(words_for(Note::while_for_pong));
  line_->assume_open();
  // One that does nothing at all is quiet too: what is neither echoed nor answered shows nothing.
  const Ending* ending = fitting(step.endings, line_->reaction());
  if (!target_.echoes && ending != nullptr && ending->verdict == Verdict::pass) {
    ruling_.skip(ground::NothingSeen{}, line_->reaction());
    return Progress::met;
  }
  return meet(step, now);
}

// The next cue to play is the one that opens another connection, or none.
void Conversation::pass_to_reconnect() {
  while (at_ + 1 < script_.size() && !traits_of(script_[at_ + 1]).reconnects) ++at_;
}

// A Pong may overtake the fault that the target still has to find, in another thread or behind its
// inflater: where the connection should have failed, it is asked several times, each after a longer
// hush, before it counts as open. Inflaters are the slowest: many run in threads of their own.
bool Conversation::ask_again(const ExpectEnding& step, const Reaction& came, Instant now) {
  const int most_questions = came.deflate ? 5 : 3;
  if (!came.open || !came.refusable || !may_end(step.endings) ||
      wait_.questions() == most_questions)
    return false;
  const Ending* ending = fitting(step.endings, came);
  if (ending != nullptr && ending->verdict != Verdict::lenient && ending->verdict != Verdict::fail)
    return false;
  line_->forget_decision();
  wait_.begin_hush(now);
  return true;
}

}  // namespace wsconform
