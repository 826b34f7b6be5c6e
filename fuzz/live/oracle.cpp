#include "fuzz/live/oracle.h"

#include <algorithm>
#include <utility>

#include "fuzz/live/allowed_endings.h"
#include "runner/casebook/case.h"
#include "runner/conversation/case_reach.h"

namespace wsconform {
namespace {

// It is a refusal, whatever its status, that the case demands.
bool demands_refusal(const Case& made) {
  return made.level == Level::must && std::ranges::any_of(made.steps, [](const Step& step) {
           const auto* refusal = as<ExpectRefusal>(step);
           return refusal != nullptr && !refusal->silence_passes;
         });
}

ExpectRefusal refusal_of(const HandshakeFaultSet& faults) {
  ExpectRefusal refusal;
  refusal.status = {};
  for (const HandshakeRule& rule : handshake_rules())
    if (faults.test(static_cast<std::size_t>(rule.fault)))
      refusal.status.ranges.emplace_back(rule.status, rule.status);
  refusal.tolerated.ranges.emplace_back(500, 599);
  return refusal;
}

// Whatever it does, it lives on: what follows asks a connection of its own.
void append_life_sign(Case& made) {
  made.steps.emplace_back(Act(Reconnect{}));
  made.steps.emplace_back(Expectation(ExpectEnding{.endings = {Ending{}}, .plain = true}));
}

void append_moves(const LiveSession& session, const Reading& reading, bool echoes, Case& made) {
  for (std::size_t n = 0; n < session.moves.size(); ++n) {
    const Move& move = session.moves[n];
    if (move.awaits && reading.calm[n] && n > 0)
      made.steps.emplace_back(Expectation(all_answered(echoes)));
    made.steps.emplace_back(move.act);
  }
  const Allowed allowed = allowed_endings(session, reading, echoes);
  made.level = allowed.level;
  if (reading.reset) return append_life_sign(made);
  if (allowed.pong) made.steps.emplace_back(Expectation(ExpectFrame{Opcode::pong, true, {}}));
  made.steps.emplace_back(Expectation(allowed.endings));
}

}  // namespace

Oracle::Oracle(const std::vector<Case>& cases) {
  HandshakeFaultSet excused;
  std::map<std::string, std::map<std::vector<std::string>, int>> cited;  // by subject: how often
  for (const Case& each : cases) {
    if (!judges(each.level) || each.requirements.empty()) continue;
    const HandshakeFaultSet faults = handshake_faults_reached(each);
    if (faults.count() == 1) (wsconform::demands_refusal(each) ? demanded_ : excused) |= faults;
    if (each.level != Level::must) continue;
    if (!each.needs.empty() && each.needs != std::vector<std::string>{"echo"} &&
        each.needs != std::vector<std::string>{"permessage-deflate"})
      continue;
    for (const LiveSession& session : sessions_of(each))
      if (!session.demand || !session.moves.empty())
        ++cited[subject_of(read(session))][each.requirements];
  }
  for (const auto& [subject, lists] : cited)
    requirements_[subject] =
        std::ranges::max_element(lists, {}, [](const auto& list) { return list.second; })->first;
  demanded_ &= ~excused;
}

std::vector<std::string> Oracle::requirements_of(const std::string& subject) const {
  auto found = requirements_.find(subject);
  if (found == requirements_.end()) found = requirements_.find("legal");
  return found == requirements_.end() ? std::vector<std::string>{} : found->second;
}

bool Oracle::demands_refusal(const HandshakeFaultSet& faults) const {
  return (faults & demanded_) == faults;
}

Case Oracle::case_of(const LiveSession& session, const Reading& reading, std::string id,
                     bool echoes) const {
  Case made;
  made.section = id.substr(0, id.rfind('/'));
  made.id = std::move(id);
  made.sides = {Role::server};
  made.needs = session.needs;
  made.agreement = session.agreement;
  made.requirements =
      session.demand ? session.demand->requirements : requirements_of(subject_of(reading));
  if (!session.demand && reading.opening.none() && session.handshake.finished) {
    made.handshake = session.handshake;
    append_moves(session, reading, echoes, made);
    return made;
  }
  made.opens = false;
  made.steps.emplace_back(Act(session.handshake));
  if (session.demand) {
    made.level = session.demand->level;
    made.because = session.demand->because;
    made.steps.emplace_back(session.demand->answer);
    if (const auto* answer = std::get_if<ExpectResponse>(&session.demand->answer);
        answer != nullptr && answer->status.has(101) && !session.moves.empty()) {
      append_moves(session, reading, echoes, made);
      // What the case of the opening does not demand is not demanded because of what comes behind
      // it.
      made.level = std::max(made.level, session.demand->level);
    }
  } else if (session.handshake.finished && demands_refusal(reading.opening)) {
    made.steps.emplace_back(Expectation(refusal_of(reading.opening)));
  } else {
    made.level = Level::observe;
    if (!session.moves.empty() && std::holds_alternative<EndStream>(session.moves.back().act))
      made.steps.emplace_back(session.moves.back().act);
    made.steps.emplace_back(Expectation(any_answer()));
  }
  return made;
}

namespace {

// Of what stands behind a payload that is longer than it is declared to be, the masking key decides
// what it is. How long a compressed one is, is known when it is sent.
void end_with_a_torn_frame(std::vector<Move>& moves) {
  for (std::size_t n = 0; n < moves.size(); ++n) {
    auto* frame = std::get_if<SendFrame>(&moves[n].act);
    if (frame == nullptr || !frame->declared_length) continue;
    if (frame->deflate || *frame->declared_length <= frame->payload.size()) {
      frame->declared_length.reset();
      continue;
    }
    frame->times = 1;
    frame->fragments.clear();
    frame->fragment_size = 0;
    moves.resize(n + 1);
  }
}

// Of a frame that begins inside another, the masking key decides what becomes of the rest.
void end_inside_a_frame(LiveSession& session) {
  const auto writes_bytes = [](const Move& move) {
    return std::holds_alternative<SendBytes>(move.act);
  };
  if (std::ranges::none_of(session.moves, writes_bytes)) return;
  LiveSession before = session;
  before.moves.clear();
  for (std::size_t n = 0; n < session.moves.size(); ++n) {
    if (std::holds_alternative<SendFrame>(session.moves[n].act) && read(before).in_frame) {
      session.moves.resize(n);
      return;
    }
    before.moves.push_back(session.moves[n]);
  }
}

bool waits_for_the_rest(const Reading& reading) {
  if (reading.broken) return !reading.whole && reading.broken != Violation::length_high_bit;
  return reading.in_frame && !reading.close;
}

ViolationSet violations(std::initializer_list<Violation> list) {
  ViolationSet set;
  for (const Violation each : list) set.set(static_cast<std::size_t>(each));
  return set;
}

}  // namespace

void make_whole(LiveSession& session) {
  constexpr std::size_t most_moves = 24;
  if (session.moves.size() > most_moves) session.moves.resize(most_moves);
  make_writable(session);
  end_with_a_torn_frame(session.moves);
  end_inside_a_frame(session);
  const auto ends = [](const Move& move) {
    return std::holds_alternative<EndStream>(move.act) ||
           std::holds_alternative<ResetStream>(move.act);
  };
  const auto end = std::ranges::find_if(session.moves, ends);
  if (end != session.moves.end()) {
    session.moves.erase(end + 1, session.moves.end());
    return;
  }
  // Of a target that may take what breaks a rule, what follows that counts.
  const ViolationSet taken = violations({Violation::invalid_utf8, Violation::length_not_minimal});
  if (waits_for_the_rest(read(session)) || waits_for_the_rest(read(session, taken)))
    session.moves.push_back({EndStream{}});
}

}  // namespace wsconform
