#include "runner/conversation/conversation.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/close_code.h"
#include "runner/casebook/case.h"
#include "runner/casebook/case_words.h"
#include "runner/conversation/ending.h"
#include "runner/conversation/judgement.h"
#include "runner/conversation/script.h"

namespace wsconform {
namespace {

bool is_data(const ExpectFrame& step) {
  return step.opcode == Opcode::text || step.opcode == Opcode::binary;
}

}  // namespace

Conversation::Conversation(const Case& each, const TargetProfile& target, Pace& pace,
                           std::uint64_t seed, Instant now)
    : case_(each),
      target_(target),
      pace_(pace),
      script_(whole_script(each)),
      log_(std::make_unique<WireLog>(now)),
      sending_(target, *log_, seed),
      exchange_(std::make_unique<Exchange>(Role::server, target.echoes, *log_, now)),
      ruling_(each),
      wait_(pace, each.patience),
      began_(now) {
  wait_.begin(now);
}

// What happened ----------------------------------------------------------------------------------

void Conversation::connected(Instant now) {
  if (ruling_.finished()) return;
  connected_ = true;
  connected_at_ = now;
  wait_.finish();
  log_->event(now, "TCP is connected");
  run(now);
}

void Conversation::connect_failed(std::string_view why, Instant now) {
  abandon(AtFault::target_unreachable, fmt::format("The target could not be reached: {}.", why),
          now);
}

void Conversation::written(Instant now) {
  wait_.written(now);
}

void Conversation::receive(ByteView bytes, Instant now) {
  if (ruling_.finished() || !connected_)
    return;  // what an earlier connection still says concerns no step
  pace_.heard(now);
  const std::size_t echoes = exchange_->echoes_received();
  exchange_->receive(bytes, now);
  if (exchange_->echoes_received() > echoes) wait_.heard_echo(now);
  react(now);
}

void Conversation::receive_end(StreamEnd end, Instant now) {
  if (ruling_.finished() || !connected_) return;
  log_->event(now, end == StreamEnd::fin ? "The target ended TCP" : "TCP was reset");
  exchange_->receive_end(end, now);
  react(now);
}

void Conversation::abandon(AtFault at_fault, std::string_view why, Instant now) {
  if (ruling_.finished()) return;
  log_->event(now, std::string(why));
  ruling_.abandon(at_fault, std::string(why));
}

void Conversation::react(Instant now) {
  for (const Exchange::Answer& answer : exchange_->take_answers()) {
    if (exchange_->close_sent()) continue;
    wait_.answered();
    sending_.answer(answer, *exchange_, now);
  }
  if (exchange_->offence() && !taking_time()) return ruling_.condemn(*exchange_->offence() + '.');
  // A target that never stops talking is stopped: nothing asks for more than came back whole, twice.
  const std::uint64_t most = 4 * sending_.sent() + 4 * 1024 * 1024;
  if (exchange_->received() > most)
    return ruling_.condemn(
        fmt::format("The target sent more than {} bytes, far more than anything asked for.", most));
  run(now);
}

// The script -------------------------------------------------------------------------------------

void Conversation::run(Instant now) {
  while (!ruling_.finished() && connected_) {
    ruling_.result().total_ms = in_milliseconds(now - began_);
    // A handshake that is accepted opens a connection that lives: a 101 alone is no server.
    if (at_ == script_.size() && exchange_->upgraded() && ends_with_response(script_)) {
      script_.emplace_back(Expectation(stays_open()));
    }
    if (at_ == script_.size()) {
      if (close_down(now) == Progress::met) ruling_.finish();
      return;
    }
    if (const auto* act = std::get_if<Act>(&script_[at_])) {
      perform(*act, now);
    } else {
      if (!wait_.under_way()) {
        sending_.flush();
        wait_.begin(now);
      }
      if (meet(script_[at_], now) == Progress::waiting || ruling_.finished()) return;
      wait_.finish();
    }
    ++at_;
  }
}

void Conversation::perform(const Act& act, Instant now) {
  const auto send = [&](const auto& each) { sending_.send(each, *exchange_, now); };
  if (const auto* frame = std::get_if<SendFrame>(&act)) {
    send(*frame);
  } else if (const auto* bytes = std::get_if<SendBytes>(&act)) {
    send(*bytes);
  } else if (const auto* request = std::get_if<SendRequest>(&act)) {
    send(*request);
    if (sending_.out_of_tickets())
      abandon(AtFault::setup, "The good tickets that the profile declares are used up.", now);
  } else if (std::holds_alternative<EndStream>(act)) {
    sending_.end_sending(*exchange_, now);
  } else if (std::holds_alternative<ResetStream>(act)) {
    sending_.cut_line(*exchange_, now);
  } else {
    const auto& reconnect = std::get<Reconnect>(act);
    sending_.open_connection({reconnect.plain, reconnect.ends_earlier}, now);
    exchange_ = std::make_unique<Exchange>(Role::server, target_.echoes, *log_, now);
    connected_ = false;
    refused_ = false;
    end_asked_ = false;
    echoes_met_ = 0;
    pings_met_ = 0;
    wait_.begin(now);
  }
}

// Expectations: each is asked again after everything that happens -----------------------------------

Conversation::Progress Conversation::meet(const Cue& cue, Instant now) {
  if (const auto* trial = std::get_if<TakeTime>(&cue)) return meet(*trial, now);
  return std::visit([&](const auto& step) { return meet(step, now); }, std::get<Expectation>(cue));
}

Conversation::Progress Conversation::meet(const ExpectResponse& step, Instant now) {
  if (!exchange_->response()) {
    if (exchange_->end()) judge_instead(words(step), *exchange_, ruling_);
    return Progress::waiting;
  }
  if (ruling_.result().handshake_ms == 0) {
    ruling_.result().handshake_ms = in_milliseconds(now - connected_at_);
    pace_.measured_wait(now - wait_.since());
  }
  judge_response(step, case_, *exchange_, ruling_);
  return Progress::met;
}

Conversation::Progress Conversation::meet(const ExpectRefusal& step, Instant now) {
  const auto& response = exchange_->response();
  if (!response && !exchange_->end())
    return silence_may_last() && now >= hush_ends() ? Progress::met : Progress::waiting;
  // What may follow a refusal is the end of TCP. Ours asks for it once the target had time for all that was still to come:
  // many drop what they have to say when they see the other end go.
  if (response && response->status != 101 && !exchange_->end() && exchange_->stray() == 0) {
    if (!refused_) {
      refused_ = true;
      refusal_took_ = now - wait_.since();
      wait_.begin(now);
    }
    if (now < hush_ends()) return Progress::waiting;
    if (!end_asked_) {
      end_asked_ = true;
      sending_.end_sending(*exchange_, now);
      wait_.begin(now);
      return Progress::waiting;
    }
  }
  judge_refusal(step, *exchange_, ruling_);
  return Progress::met;
}

Conversation::Progress Conversation::meet(const TakeTime& step, Instant now) {
  if (exchange_->received() == 0 && !exchange_->end()) return Progress::waiting;
  proportion_.took(step.trial, now - connected_at_);
  return Progress::met;
}

// nullptr: none, or a trial.
const Expectation* Conversation::awaited() const {
  return at_ < script_.size() ? std::get_if<Expectation>(&script_[at_]) : nullptr;
}

// What the requests were answered with is other cases' concern.
bool Conversation::taking_time() const {
  return at_ < script_.size() && std::holds_alternative<TakeTime>(script_[at_]);
}

Conversation::Progress Conversation::meet(const ExpectProportion& step, Instant) {
  if (const auto fault = proportion_.fault())
    ruling_.fail(*fault, words(step), "A time out of proportion");
  return Progress::met;
}

bool Conversation::met_by_barrier(const ExpectFrame& step) const {
  return is_data(step) && !target_.echoes;
}

Conversation::Progress Conversation::meet(const ExpectFrame& step, Instant now) {
  if (met_by_barrier(step)) return meet_by_barrier(now);
  const bool data = is_data(step);
  bool met = false;
  if (data) met = exchange_->echoes_received() > echoes_met_;
  if (step.opcode == Opcode::pong) met = exchange_->latest_ping_answered();
  if (step.opcode == Opcode::ping) met = exchange_->pings_received() > pings_met_;
  if (met) {
    echoes_met_ += data ? 1 : 0;
    pings_met_ += step.opcode == Opcode::ping ? 1 : 0;
    if (step.compressed && !exchange_->latest_compressed())
      ruling_.fail("The message came back, yet not compressed.", words(step), "It came as it is");
    return Progress::met;
  }
  if (exchange_->end() || exchange_->close()) judge_instead(words(step), *exchange_, ruling_);
  return Progress::waiting;
}

Conversation::Progress Conversation::meet_by_barrier(Instant now) {
  static const ExpectEnding open{.endings = {Ending{}}, .occasion = EndingOccasion::no_echo};
  ruling_.result().notes = {
      "The target does not echo: where an echo is awaited, a Ping asked whether the connection "
      "lives."};
  return meet(open, now);
}

// The step before this one took the response: what is awaited comes behind it.
bool Conversation::response_is_met() const {
  if (at_ == 0) return false;
  const auto* before = std::get_if<Expectation>(&script_[at_ - 1]);
  if (before == nullptr) return false;
  const auto* ending = std::get_if<ExpectEnding>(before);
  return std::holds_alternative<ExpectResponse>(*before) ||
         (ending != nullptr && any_of_kind(ending->endings, EndingKind::response));
}

Conversation::Progress Conversation::meet(const ExpectEnding& step, Instant now) {
  Reaction reaction = reaction_of(*exchange_);
  reaction.silent = silence_may_last() && now >= hush_ends();
  const bool awaits_echo = any_of_kind(step.endings, EndingKind::echo) && target_.echoes;
  bool decided =
      reaction.end || reaction.silent || (reaction.open && (!awaits_echo || reaction.all_echoed));
  const bool responded = (reaction.status && (!exchange_->upgraded() ||
                                              allows_status(step.endings, *reaction.status))) ||
                         (reaction.interim && allows_status(step.endings, *reaction.interim));
  decided = decided || (responded && !response_is_met());
  if (decided && ask_again(step, reaction, now)) return Progress::waiting;
  if (decided) {
    judge_ending(step, reaction, *exchange_, ruling_);
    exchange_->forget_barrier();
    if (takes_silence(step) && !reaction.silent) pass_to_reconnect();
    return Progress::met;
  }
  // Whoever gave back all that it got, and nothing wrong among it, has nothing left to judge.
  const bool judged =
      exchange_->echoes_received() > 0 && reaction.all_echoed && !exchange_->refusable();
  const bool at_once = target_.pongs && (!may_end(step.endings) || judged);
  if (step.asks && !exchange_->barrier_sent() && exchange_->can_ask() &&
      (at_once || now >= hush_ends())) {
    wait_.asked();
    if (!target_.pongs) return assume_open(step, now);
    sending_.barrier(*exchange_, now);
  }
  return Progress::waiting;
}

Conversation::Progress Conversation::assume_open(const ExpectEnding& step, Instant now) {
  ruling_.result().notes = {
      "The target answers no Ping: where a Pong would show that the connection lives, a while "
      "without its end stood for it."};
  exchange_->assume_open();
  // One that does nothing at all is quiet too: what is neither echoed nor answered shows nothing.
  const Ending* ending = fitting(step.endings, reaction_of(*exchange_));
  if (!target_.echoes && ending != nullptr && ending->verdict == Verdict::pass) {
    ruling_.skip(
        "The target neither echoes nor answers Pings: whether the connection lives is not seen.");
    return Progress::met;
  }
  return meet(step, now);
}

// The next step to play is the one that opens another connection, or none.
void Conversation::pass_to_reconnect() {
  const auto opens_another = [](const Cue& cue) {
    const auto* act = std::get_if<Act>(&cue);
    return act != nullptr && std::holds_alternative<Reconnect>(*act);
  };
  while (at_ + 1 < script_.size() && !opens_another(script_[at_ + 1])) ++at_;
}

// A Pong may overtake the fault that the target still has to find, in another thread or behind its inflater: where the
// connection should have failed, it is asked several times, each after a longer hush, before it counts as open. Inflaters
// are the slowest: many run in threads of their own.
bool Conversation::ask_again(const ExpectEnding& step, const Reaction& reaction, Instant now) {
  const int most_questions = exchange_->deflate() ? 5 : 3;
  if (!reaction.open || reaction.end || !exchange_->refusable() || !may_end(step.endings) ||
      wait_.questions() == most_questions)
    return false;
  const Ending* ending = fitting(step.endings, reaction);
  if (ending != nullptr && ending->verdict != Verdict::lenient && ending->verdict != Verdict::fail)
    return false;
  exchange_->forget_barrier();
  wait_.begin_hush(now);
  return true;
}

// After the last step an open connection is closed; what still comes before the answer is judged like everything else.
Conversation::Progress Conversation::close_down(Instant now) {
  const bool open = exchange_->upgraded() && !exchange_->end() && !exchange_->close();
  if (!closing_down_) {
    sending_.flush();
    if (!exchange_->can_ask()) return Progress::met;
    closing_down_ = true;
    wait_.begin(now);
    sending_.close(close_normal, *exchange_, now);
    return Progress::waiting;
  }
  return open && now < hush_ends() ? Progress::waiting : Progress::met;
}

// Time -------------------------------------------------------------------------------------------

Instant Conversation::patience_ends() const {
  return wait_.patience_ends(sending_.sent());
}

Instant Conversation::hush_ends() const {
  if (silence_may_last()) return wait_.silence_ends();
  if (refused_ && !end_asked_) return wait_.hush_behind(refusal_took_);
  return closing_down_ || end_asked_ || !target_.pongs ? wait_.long_hush_ends() : wait_.hush_ends();
}

// Nothing came so far, and the step at hand takes that for an answer once it lasted.
bool Conversation::silence_may_last() const {
  const Expectation* awaited = this->awaited();
  return awaited != nullptr && takes_silence(*awaited) && exchange_->received() == 0 &&
         !exchange_->end();
}

bool Conversation::hush_matters() const {
  if (closing_down_ || refused_ || silence_may_last()) return true;
  const Expectation* awaited = this->awaited();
  if (awaited == nullptr || exchange_->barrier_sent() || !exchange_->can_ask()) return false;
  const auto* frame = std::get_if<ExpectFrame>(awaited);
  const auto* ending = std::get_if<ExpectEnding>(awaited);
  return (ending != nullptr && ending->asks) || (frame != nullptr && met_by_barrier(*frame));
}

std::optional<Instant> Conversation::next_deadline() const {
  if (ruling_.finished()) return std::nullopt;
  return hush_matters() ? hush_ends() : patience_ends();
}

void Conversation::tick(Instant now) {
  if (ruling_.finished()) return;
  if (now >= patience_ends()) return deadline_passed();
  if (hush_matters() && now >= hush_ends()) run(now);
}

void Conversation::deadline_passed() {
  timed_out_ = true;
  exchange_->log_unfinished(patience_ends());
  const std::string waited =
      fmt::format("within {:.1f} s", in_seconds(patience_ends() - wait_.since()));
  if (!connected_)
    return abandon(AtFault::target_unreachable, "TCP was not connected " + waited + '.',
                   patience_ends());
  log_->event(patience_ends(), "Nothing more came " + waited);
  if (const Expectation* awaited = this->awaited()) {
    judge_silence(*awaited, waited, *exchange_, ruling_);
  } else {
    judge_unanswered_trial(waited, *exchange_, ruling_);
  }
}

// Afterwards -------------------------------------------------------------------------------------

CaseResult Conversation::take_result() {
  log_->move_into(ruling_.result());
  return std::move(ruling_.result());
}

}  // namespace wsconform
