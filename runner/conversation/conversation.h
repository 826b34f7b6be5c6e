// A case as a machine without sockets and clock: what happened to its connection goes
// in; connections, writes, ends and, at last, a result come out. A driver (TCP, memory)
// carries them over.
//
// Theory of operation
//
// A case is a script of cues. Acts are done at once, one after another, and gathered into few
// writes. At an expectation the script waits: after everything that happens it is asked again,
// until it is met, is judged, or its time is over. The target's answers never decide by themselves
// what is sent next, but for what is due to it: a Pong to its Ping, a Close to its Close.
//
// Each TCP connection is a Line: what we wrote, what came, what is due. What came is one value,
// the Reaction; the functions of judgement.h hold it against an expectation and speak their
// finding, a Ground, to the Ruling. What is wrong whatever the case is about, an Offence, ends
// it wherever it comes.
//
// Whom it tests is a parameter, the profile's role, and changes three things: who opens the
// connection and writes the request, who masks (RFC 6455 §5.1), and who ends TCP first once both
// Closes are exchanged: the server (§7.1.1), which is ours where the target is a client.
//
//   connecting --connected--> opening --101--> playing --last cue--> closing --> finished
//                                |                |
//                             a refusal        Reconnect, TurnTo --> connecting, on a new line
//                                |                                   or on an earlier one
//                                v
//                             refused --its hush is over--> ended: our direction of TCP
//
// and from anywhere to finished, where the ruling is. A reconnect may leave `opening`,
// `refused` and `ended` too.
//
// Times
//
// Nothing waits where an event can be waited for, and every deadline is an instant that Wait makes
// from the Pace of the target, asked anew each time: what the target needs more under load, it is
// given. R is the round trip, A the slowest of the latest 128 answers to a handshake, P the
// patience: the largest of 2 s (--timeout), 50 R and 8 A, and at most 15 s.
//
//   deadline    begins with             lasts, and grows with     at most  when it is over
//   patience    an expectation, or our  P times the case's        15 s,    what was awaited is not
//               last write before any   `patience`, and 1 s for   so many  coming: judged as
//               answer, or an echo      each 4 MB that we sent    times    silence
//               (within 4 P of the      or it inflates (64 bytes
//               beginning)              more for each frame)
//   last        the target's Close, or  P, whatever the case      15 s     TCP is not ended: judged
//   patience    an echo behind it       asks for                           as silence
//   hush        as patience; or the     8 R, at least 30 ms;      P / 2    a Ping asks whether the
//               answered barrier        twice that with each               connection is open
//               before it               barrier before
//   long hush   the same                8 hushes                  P / 2    of a target without
//                                                                          Pongs: it counts as
//                                                                          open; closing: nobody
//                                                                          answers our Close;
//                                                                          ended: nor ends TCP
//   hush        a refusal               a hush; 8 times what the  P / 2    our direction of TCP is
//   behind                              refusal took                       ended
//   silence     an expectation that     P / 2                     7.5 s    the silence is the
//               takes silence for an                                       answer
//               answer
//
// Patience is no part of a hush: a hush ends before the patience that it stands in.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/bytes.h"
#include "core/instant.h"
#include "reports/results/case_result.h"
#include "runner/casebook/step.h"
#include "runner/conversation/action.h"
#include "runner/conversation/line.h"
#include "runner/conversation/outcome.h"
#include "runner/conversation/pace.h"
#include "runner/conversation/proportion.h"
#include "runner/conversation/ruling.h"
#include "runner/conversation/script.h"
#include "runner/conversation/sending.h"
#include "runner/conversation/wait.h"
#include "runner/conversation/wire_log.h"
#include "runner/target/target.h"

namespace wsconform {

struct Case;

class Conversation {
 public:
  // `each`, `target` and `pace` outlive the conversation. It begins with a connection that the
  // driver opens unasked, or waits for where the target is a client.
  Conversation(const Case& each, const TargetProfile& target, Pace& pace, std::uint64_t seed,
               Instant now);

  // Tells the CPU time that the target used so far; nullopt where it is not seen. Before the first
  // thing happens.
  using CpuClock = std::function<std::optional<Duration>()>;
  void see_cpu(CpuClock clock) { cpu_ = std::move(clock); }

  // What happened, in the order in which it did; instants never go back. Ignored once finished.
  void connected(Instant now);
  void taken_up(Instant now);  // an earlier connection, as TakeUp asks
  void connect_failed(std::string_view why, Instant now);
  // A write of ours is with TCP: no answer was due before it.
  void written(Instant now);
  // How many bytes were taken in. The rest is heard once the connection is taken up again.
  std::size_t receive(ByteView bytes, Instant now);
  // False: likewise, not taken in.
  bool receive_end(StreamEnd end, Instant now);
  void tick(Instant now);
  // The run stops, or what the case needs is not there: it gets no verdict. `late`: what it needs
  // did not come in time, and may when the case is played again.
  void abandon(AtFault at_fault, std::string_view why, Instant now, bool late = false);

  // What is to be done, after each of these. Where an action opens another connection or takes one
  // up, nothing is taken in until `connected` or `taken_up` tells of it: of what the one before
  // still says, the driver keeps what it has read.
  std::vector<Action> take_actions() { return sending_->take_actions(); }
  std::optional<Instant> next_deadline() const;

  bool finished() const { return phase_ == Phase::finished; }
  Outcome outcome() const {
    return {timed_out_, waited_, ruling_.ground(), line_->reaction(), to_connect_};
  }
  // It said what it has to say of what it got: it sent a Close, or a response other than 101.
  bool answered() const {
    const Reaction& came = line_->reaction();
    return came.close || (!came.upgraded && (came.head || came.opening_begun));
  }
  // Precondition: finished, and not taken yet.
  CaseResult take_result();

 private:
  enum class Phase {
    connecting,  // a connection is asked for, a new one or one to be taken up
    opening,     // it is there, and its handshake under way
    playing,     // frames go both ways
    refused,     // a response refused the handshake, and what follows it is awaited
    ended,       // then our direction was ended, and the end of the target's is awaited
    closing,     // the script is over, and our Close is out
    finished,
  };
  enum class Progress { met, waiting };

  void add_line(std::size_t number, Instant now);
  struct Heard {  // of what came on the line at hand
    std::size_t echoes = 0;
    bool closed = false;

    bool operator==(const Heard&) const = default;
  };
  Heard heard() const;
  void hear(Heard& before, Instant now);
  bool listens() const { return !finished() && phase_ != Phase::connecting; }
  void pass_time(Instant now);
  void react(Instant now);
  void play(Instant now);
  Progress play_cue(Instant now);
  void settle();

  void perform(const SendFrame& step, Instant now);
  void perform(const SendBytes& step, Instant now) { line_->send(step, now); }
  void perform(const SendRequest& step, Instant now);
  void perform(const EndStream&, Instant now) { line_->end(now); }
  void perform(const ResetStream&, Instant now) { line_->abort(now); }
  void perform(const Reconnect& step, Instant now) { connect_again(step.plain, false, now); }
  void perform(const TurnTo& step, Instant now);
  void perform(const NextTry&, Instant now);
  void perform(const AcceptRequest&, Instant now) { line_->accept(now); }

  void connect_again(bool plain, bool ends_earlier, Instant now);

  Progress meet(const ExpectResponse& step, Instant now);
  Progress meet(const ExpectRefusal& step, Instant now);
  Progress meet(const ExpectFrame& step, Instant now);
  Progress meet(const ExpectEnding& step, Instant now);
  Progress meet(const ExpectProportion& step, Instant now);
  Progress meet(const TakeTime& step, Instant now);
  Progress meet(const StaysOpen&, Instant now);
  Progress meet(const AwaitRequest&, Instant now);
  Progress await_end_behind_refusal(Instant now);
  Progress meet_by_barrier(Instant now);
  Progress assume_open(const ExpectEnding& step, Instant now);
  Progress close_down(Instant now);
  bool is_decided(const ExpectEnding& step, const Reaction& came) const;
  bool may_ask(const ExpectEnding& step, Instant now) const;
  bool ask_again(const ExpectEnding& step, const Reaction& came, Instant now);
  void pass_to_reconnect();
  void answered_handshake(Instant now);

  CueTraits awaited() const;
  bool response_is_met() const;
  Instant patience_ends() const { return wait_.patience_ends(sending_->work()); }
  Instant hush_ends() const;
  bool hush_matters() const;
  bool silence_may_last() const;
  std::optional<Endless> endless() const;
  void deadline_passed();

  const Case& case_;
  const TargetProfile& target_;
  Pace& pace_;
  std::vector<Cue> script_;
  // Lines know them where they are, also when a conversation is moved.
  std::unique_ptr<WireLog> log_;
  std::unique_ptr<Sending> sending_;
  struct Spoken {
    std::size_t number = 0;  // of all connections
    std::unique_ptr<Line> line;
  };
  std::vector<Spoken> lines_;  // of the case's own connections, in their order
  Line* line_ = nullptr;       // the one at hand
  Ruling ruling_;
  Wait wait_;
  Heard heard_before_;  // the wait began
  Proportion proportion_;
  CpuClock cpu_;                          // empty: it is not seen
  std::optional<Duration> cpu_before_{};  // the try
  Phase phase_ = Phase::connecting;
  std::size_t at_ = 0;  // in the script
  Instant began_;
  Duration to_connect_{};    // the first time; 0 until then
  Instant latest_;           // at which something happened
  Duration refusal_took_{};  // refused: from the request on
  bool timed_out_ = false;   // finished: by a deadline
  Duration waited_{};        // then
  bool taken_ = false;       // its result
};

}  // namespace wsconform
