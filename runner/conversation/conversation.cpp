#include "runner/conversation/conversation.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "core/close_code.h"
#include "runner/casebook/case.h"
#include "runner/conversation/judgement.h"
#include "runner/conversation/offence_words.h"
#include "runner/conversation/verdict_words.h"

namespace wsconform {
namespace {

bool is_of_a_close(const Offence& offence) {
  const auto* frame = std::get_if<IllegalFrame>(&offence);
  return frame != nullptr && frame->header.opcode == Opcode::close;
}

}  // namespace

Conversation::Conversation(const Case& each, const TargetProfile& target, Pace& pace,
                           std::uint64_t seed, Instant now)
    : case_(each),
      target_(target),
      pace_(pace),
      script_(whole_script(each, target.role)),
      log_(std::make_unique<WireLog>(now, target.secrets)),
      sending_(std::make_unique<Sending>(target, *log_, seed)),
      ruling_(each),
      wait_(pace, each.patience),
      began_(now),
      latest_(now) {
  add_line(0, now);
  wait_.begin(now);
}

void Conversation::pass_time(Instant now) {
  assert(now >= latest_);
  latest_ = now;
}

// What happened

void Conversation::written(Instant now) {
  pass_time(now);
  if (finished()) return;
  sending_->written(now);
  wait_.written(now);
}

std::size_t Conversation::receive(ByteView bytes, Instant now) {
  pass_time(now);
  if (!listens()) return 0;  // what an earlier connection still says concerns no cue
  pace_.heard(now);
  // Piece by piece: a target that never stops sending small frames is given up before all
  // of them are read.
  constexpr std::size_t piece = 4 * 1024;
  std::size_t taken = 0;
  while (taken < bytes.size() && listens()) {
    const ByteView next = bytes.subspan(taken, std::min(piece, bytes.size() - taken));
    taken += next.size();
    Heard before = heard();
    line_->receive(next, now);
    do {
      hear(before, now);
    } while (listens() && line_->take_more());
  }
  return taken;
}

Conversation::Heard Conversation::heard() const {
  return {line_->reaction().echoes, line_->reaction().close.has_value()};
}

// What the line took in last.
void Conversation::hear(Heard& before, Instant now) {
  const Heard after = heard();
  if (after.closed && !before.closed) wait_.heard_close(now);
  if (after.echoes > before.echoes) wait_.heard_echo(now);
  before = after;
  react(now);
}

bool Conversation::receive_end(StreamEnd end, Instant now) {
  pass_time(now);
  if (!listens()) return false;
  log_->event(now, end == StreamEnd::fin ? "The target ended TCP" : "TCP was reset");
  line_->receive_end(end, now);
  react(now);
  return true;
}

void Conversation::abandon(AtFault at_fault, std::string_view why, Instant now, bool late) {
  pass_time(now);
  if (finished()) return;
  timed_out_ = late;
  log_->event(now, std::string(why));
  ruling_.abandon(at_fault, ground::GivenUp{std::string(why)});
  settle();
}

void Conversation::react(Instant now) {
  if (line_->answer(now)) wait_.answered();
  const Reaction& came = line_->reaction();
  // A server ends TCP once both Closes are exchanged, a client waits for that (§7.1.1).
  if (target_.role == Role::client && came.close && !line_->ended()) line_->end(now);
  if (came.offence && phase_ == Phase::closing && is_of_a_close(*came.offence)) {
    ruling_.note("Of the Close behind the last step, which others judge: " +
                 words_for(*came.offence));
    ruling_.finish();
  } else if (came.offence && !awaited().times) {
    ruling_.condemn(ground::Offended{*came.offence}, came);
  } else if (const auto offence = endless()) {
    ruling_.condemn(ground::Offended{*offence}, came);
  } else {
    if (came.unasked_pong) ruling_.note(words_for_unasked_pong(*came.unasked_pong));
    play(now);
  }
  settle();
}

// A target that never stops talking is stopped. Nothing asks for more than that each byte comes
// back, twice. A masked frame takes six bytes at least, so that one for every four is more than
// one for each; frames of ours to a client take two, and one for every byte is. What we answer
// asks for nothing.
std::optional<Endless> Conversation::endless() const {
  const Reaction& came = line_->reaction();
  const std::uint64_t most_bytes = 4 * sending_->asked() + 4 * 1024 * 1024;
  const std::uint64_t bytes_of_a_frame = target_.role == Role::client ? 1 : 4;
  const std::uint64_t most_frames = sending_->asked() / bytes_of_a_frame + 1024;
  if (came.received > most_bytes) return Endless{most_bytes};
  if (came.frames > most_frames) return Endless{most_frames, Endless::Of::frames};
  return std::nullopt;
}

// The one place where a phase follows from what came, or from the ruling.
void Conversation::settle() {
  if (ruling_.finished()) {
    phase_ = Phase::finished;
  } else if (phase_ == Phase::opening && line_->reaction().upgraded) {
    phase_ = Phase::playing;
  }
  wait_.expect_work(!target_.mute() || !line_->reaction().upgraded);
}

// The script

void Conversation::play(Instant now) {
  while (!ruling_.finished() && phase_ != Phase::connecting) {
    ruling_.result().total_ms = in_milliseconds(now - began_);
    // A handshake that is accepted opens a connection that lives: a 101 alone is no server.
    if (at_ == script_.size() && line_->reaction().upgraded && ends_with_response(script_))
      script_.emplace_back(StaysOpen{});
    if (at_ == script_.size()) {
      if (close_down(now) == Progress::met) ruling_.finish();
      return;
    }
    if (play_cue(now) == Progress::waiting || ruling_.finished()) return;
    ++at_;
  }
}

Conversation::Progress Conversation::play_cue(Instant now) {
  const auto play_it = [&]<typename Kind>(const Kind& cue) {
    if constexpr (ActKind<Kind>) {
      perform(cue, now);
      return Progress::met;
    } else {
      if (!wait_.under_way()) {
        sending_->flush();
        wait_.begin(now);
        heard_before_ = heard();
      }
      const Progress progress = meet(cue, now);
      if (progress == Progress::met && !ruling_.finished()) wait_.finish();
      return progress;
    }
  };
  return visit_cue(play_it, script_[at_]);
}

void Conversation::perform(const SendFrame& step, Instant now) {
  if (step.heard_by.empty()) return line_->send(step, now);
  const std::vector<Entitlement::Message> said = line_->say(step, now);
  for (const std::uint64_t number : step.heard_by) lines_.at(number - 1).line->hears(said);
}

void Conversation::perform(const SendRequest& step, Instant now) {
  line_->send(step, now);
  if (!sending_->out_of_tickets()) return;
  log_->event(now, words_for(ground::OutOfTickets{}, {}));
  ruling_.abandon(AtFault::setup, ground::OutOfTickets{});
}

void Conversation::answered_handshake(Instant now) {
  if (ruling_.result().handshake_ms != 0) return;
  ruling_.result().handshake_ms = in_milliseconds(now - line_->connected_at());
  pace_.measured_wait(now - wait_.since());
}

// After the last cue an open connection is closed; what still comes before the answer is judged
// like everything else.
Conversation::Progress Conversation::close_down(Instant now) {
  const Reaction& came = line_->reaction();
  if (phase_ != Phase::closing) {
    sending_->flush();
    if (!line_->can_ask()) return Progress::met;
    phase_ = Phase::closing;
    wait_.begin(now);
    line_->close(close_normal, now);
    return Progress::waiting;
  }
  return !came.end && !came.close && now < hush_ends() ? Progress::waiting : Progress::met;
}

// Time

CueTraits Conversation::awaited() const {
  return at_ < script_.size() ? traits_of(script_[at_]) : CueTraits{};
}

// The cue before this one took the response: what is awaited comes behind it.
bool Conversation::response_is_met() const {
  return at_ > 0 && traits_of(script_[at_ - 1]).about_response;
}

Instant Conversation::hush_ends() const {
  if (silence_may_last()) return wait_.silence_ends();
  if (phase_ == Phase::refused) return wait_.hush_behind(refusal_took_);
  const bool late = phase_ == Phase::closing || phase_ == Phase::ended;
  return late || !target_.pongs ? wait_.long_hush_ends() : wait_.hush_ends();
}

// Nothing came so far, and the cue at hand takes that for an answer once it lasted. Behind a 101
// nothing is no message and no Close: whoever asks with Pings now and then is silent, too.
bool Conversation::silence_may_last() const {
  const Reaction& came = line_->reaction();
  const bool spoke = came.upgraded ? heard() != heard_before_ : came.received != 0;
  return awaited().silence_counts && !spoke && !came.end;
}

bool Conversation::hush_matters() const {
  if (phase_ == Phase::closing || phase_ == Phase::refused || phase_ == Phase::ended) return true;
  if (silence_may_last()) return true;
  if (line_->asked() || !line_->can_ask()) return false;
  return awaited().asks || (awaited().is_message && !target_.echoes);
}

std::optional<Instant> Conversation::next_deadline() const {
  if (finished()) return std::nullopt;
  return hush_matters() ? hush_ends() : patience_ends();
}

void Conversation::tick(Instant now) {
  pass_time(now);
  if (finished()) return;
  const bool hushed = hush_matters() && now >= hush_ends();
  const bool late = phase_ != Phase::closing && now >= patience_ends();
  // Both, where patience has fallen meanwhile, or the machine kept us waiting: the first counts.
  if (hushed && (!late || hush_ends() < patience_ends())) {
    play(now);
  } else if (late) {
    deadline_passed();
  }
  settle();
}

void Conversation::deadline_passed() {
  timed_out_ = true;
  const Instant then = patience_ends();
  waited_ = then - wait_.since();
  line_->log_unfinished(then);
  if (phase_ == Phase::connecting) {
    const Ground ground = ground::NotConnected{waited_};
    log_->event(then, words_for(ground, {}));
    return ruling_.abandon(AtFault::target_unreachable, ground);
  }
  log_->event(then, "Nothing more came " + words_for_wait(waited_));
  judge_silence(script_[at_], waited_, line_->reaction(), ruling_);
}

// Afterwards

CaseResult Conversation::take_result() {
  assert(finished() && !taken_);
  taken_ = true;
  log_->move_into(ruling_.result());
  return std::move(ruling_.result());
}

}  // namespace wsconform
