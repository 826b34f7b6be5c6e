// A case as a machine without sockets and clock: what happened to its connection goes in; connects, writes, ends and, at
// last, a result come out. A driver (TCP, memory) carries them over.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/instant.h"
#include "reports/results/case_result.h"
#include "runner/casebook/step.h"
#include "runner/conversation/ending.h"
#include "runner/conversation/exchange.h"
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
  // `each`, `target` and `pace` outlive the conversation. It begins with an OpenConnection.
  Conversation(const Case& each, const TargetProfile& target, Pace& pace, std::uint64_t seed,
               Instant now);

  // What happened. Ignored once finished.
  void connected(Instant now);
  void connect_failed(std::string_view why, Instant now);
  // A write of ours is with TCP: no answer was due before it.
  void written(Instant now);
  void receive(ByteView bytes, Instant now);
  void receive_end(StreamEnd end, Instant now);
  void tick(Instant now);
  // The run stops: the case gets no verdict.
  void abandon(AtFault at_fault, std::string_view why, Instant now);

  std::vector<Action> take_actions() { return sending_.take_actions(); }
  std::optional<Instant> next_deadline() const;

  bool finished() const { return ruling_.finished(); }
  // Both once finished.
  Outcome outcome() const { return {timed_out_, reaction_of(*exchange_)}; }
  CaseResult take_result();

 private:
  enum class Progress { met, waiting };

  void run(Instant now);
  void react(Instant now);
  void perform(const Act& act, Instant now);
  Progress meet(const Cue& cue, Instant now);
  Progress meet(const ExpectResponse& step, Instant now);
  Progress meet(const ExpectRefusal& step, Instant now);
  Progress meet(const ExpectFrame& step, Instant now);
  Progress meet(const ExpectEnding& step, Instant now);
  Progress meet(const TakeTime& step, Instant now);
  Progress meet(const ExpectProportion& step, Instant now);
  const Expectation* awaited() const;
  bool taking_time() const;
  bool response_is_met() const;
  bool met_by_barrier(const ExpectFrame& step) const;
  Progress meet_by_barrier(Instant now);
  bool ask_again(const ExpectEnding& step, const Reaction& reaction, Instant now);
  Progress assume_open(const ExpectEnding& step, Instant now);
  void pass_to_reconnect();
  Progress close_down(Instant now);
  void deadline_passed();

  Instant patience_ends() const;
  Instant hush_ends() const;
  bool hush_matters() const;
  bool silence_may_last() const;

  const Case& case_;
  const TargetProfile& target_;
  Pace& pace_;
  std::vector<Cue> script_;
  std::unique_ptr<WireLog> log_;  // stays where it is when a conversation is moved
  Sending sending_;
  std::unique_ptr<Exchange> exchange_;
  Ruling ruling_;
  Wait wait_;
  Proportion proportion_;
  std::size_t at_ = 0;
  std::size_t echoes_met_ = 0;
  std::size_t pings_met_ = 0;
  Instant began_;
  Instant connected_at_;
  bool connected_ = false;
  bool closing_down_ = false;
  bool refused_ = false;  // in this connection, and what follows is awaited
  Duration refusal_took_{};
  bool end_asked_ = false;  // after a refusal our direction was ended
  bool timed_out_ = false;
};

}  // namespace wsconform
