#include "runner/suite/probe.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/permessage_deflate.h"
#include "runner/casebook/case.h"
#include "runner/suite/overlooked_fault.h"
#include "runner/suite/probe_answer.h"
#include "runner/suite/probe_cases.h"

namespace wsconform {
namespace {

bool passes(const Finished& ended) {
  return ended.result.verdict == Verdict::pass;
}

// Whatever messages come beside the Pong.
Finished ping(Stage& stage, TargetProfile any, double patience) {
  any.echoes = false;
  Case question = ping_case();
  question.patience = patience;
  return played_alone(stage, question, std::move(any));
}

Duration in_duration(double milliseconds) {
  return from_seconds(std::max(0.0, milliseconds) / 1000);
}

// Once more, and for longer, where the target says nothing: it may still have to load what answers.
// Then it is asked for nothing that it may never say.
Finished patient_handshake(Stage& stage) {
  Finished first = played_alone(stage, handshake_case());
  if (unreached(first) || !first.outcome.timed_out || first.outcome.reaction.status) return first;
  Case opening = opening_case();
  opening.patience = 4;
  return played_alone(stage, opening);
}

// At the first address that is reached; where none is, at the first of all.
Finished first_handshake(Stage& stage) {
  const Case handshake = handshake_case();
  Finished first = patient_handshake(stage);
  const std::size_t tried = stage.address();
  for (std::size_t n = 0; n < stage.addresses() && unreached(first); ++n) {
    if (n == tried) continue;
    stage.move_to(n);
    Finished other = played_alone(stage, handshake);
    if (!unreached(other)) return other;
    stage.move_to(tried);
  }
  return first;
}

// The shortest handshake: the first may have found the target cold. What it takes longer than
// TCP's, which goes there and back whatever the target does, is the target's own work, but for a
// little way that a proxy may hide.
Duration round_trip_without_pongs(const std::vector<Finished>& played) {
  constexpr Duration hidden_way = std::chrono::milliseconds(20);
  Duration shortest = Duration::max();
  for (const Finished& each : played)
    if (each.result.handshake_ms > 0)
      shortest = std::min(
          {shortest, in_duration(each.result.handshake_ms), each.outcome.to_connect + hidden_way});
  return shortest;
}

// A Ping's case is three of them long: the handshakes of TCP and of WebSocket, and the Ping. A
// handshake may take much longer than that, for reasons of its own.
Duration round_trip_of(const Finished& ping) {
  constexpr int round_trips = 3;
  constexpr Duration much = std::chrono::milliseconds(250);
  const Duration all = in_duration(ping.result.total_ms);
  const Duration handshake = in_duration(ping.result.handshake_ms);
  const Duration behind_101 = all - ping.outcome.to_connect - handshake;
  return handshake > behind_101 + much ? behind_101 : all / round_trips;
}

// Three Pings: the shortest is the round trip of one that does nothing else. Who left the first
// Ping without an answer is asked only once more, and not waited for as long.
void ask_pings(Stage& stage, const TargetProfile& known, std::vector<Finished> played,
               ProbeResult& found) {
  found.round_trip = Duration::max();
  const bool left_one_already = played.front().outcome.timed_out;  // behind its 101
  for (int n = left_one_already ? 1 : 0; n < 3 && (n < 2 || found.pongs); ++n) {
    const double patience = n == 0 || found.pongs ? 1 : briefly(stage.pace());
    const Finished& each = played.emplace_back(ping(stage, known, patience));
    if (!passes(each)) continue;
    found.pongs = true;
    found.round_trip = std::min(found.round_trip, round_trip_of(each));
  }
  if (!found.pongs) found.round_trip = round_trip_without_pongs(played);
}

bool refuses(Stage& stage, const TargetProfile& known, Opcode opcode, bool echoes) {
  return played_alone(stage, message_case(opcode, echoes), known).result.verdict ==
         Verdict::lenient;
}

// It went on and said nothing about what it got.
bool swallows(const Finished& ended) {
  const Reaction& came = ended.outcome.reaction;
  return ended.outcome.timed_out && !came.end && !came.close;
}

// One that gives texts back and keeps silent about binary messages does not take these.
void ask_messages(Stage& stage, const TargetProfile& known, ProbeResult& found) {
  found.echoes = passes(played_alone(stage, echo_case(Opcode::text, found.pongs), known));
  if (found.echoes && swallows(played_alone(stage, echo_case(Opcode::binary, found.pongs), known)))
    found.refuses.insert(Opcode::binary);
  for (const Opcode kind : {Opcode::text, Opcode::binary})
    if (found.pongs && refuses(stage, known, kind, found.echoes)) found.refuses.insert(kind);
}

// Where no Pong came behind the first 101: a text and a Ping at the same time, for each of them may
// take all of our patience. True: nothing comes of either.
bool is_mute(Stage& stage, const TargetProfile& known, std::vector<Finished>& played) {
  const Reaction& first = played.front().outcome.reaction;
  if (first.open || first.offence) return false;
  const std::vector<Case> questions = {echo_case(Opcode::text, false), ping_case()};
  Order order{.jobs = questions.size(), .profile = known};
  for (const Case& each : questions) order.tasks.push_back({&each, 1});
  std::vector<Finished> answers = stage.play(std::move(order)).finished;
  const bool silent = std::ranges::all_of(answers, swallows);
  for (Finished& each : answers) {
    each.task = {};
    played.push_back(std::move(each));
  }
  return silent;
}

// "" where it does: all that there is to judge of one that answers nothing are its handshakes.
std::string why_not_worth_a_run(const std::vector<Finished>& played, Duration patience) {
  double quickest = std::numeric_limits<double>::max();  // ms
  for (const Finished& each : played)
    if (each.result.handshake_ms > 0) quickest = std::min(quickest, each.result.handshake_ms);
  if (quickest <= in_milliseconds(patience)) return "";
  return fmt::format(
      "It answers neither messages nor Pings, and its quickest handshake took {:.1f} s: a run "
      "would wait for minutes. With --patience {:.0f} it is judged nevertheless.",
      quickest / 1000, std::ceil(quickest / 1000));
}

// Asks until a 101 shows no further fault.
HandshakeFaultSet faults_of_every_101(Stage& stage, Finished latest) {
  TargetProfile overlooking = stage.profile();
  HandshakeFaultSet& found = overlooking.overlooked;
  for (auto fault = overlookable_fault(latest); fault && !found[static_cast<std::size_t>(*fault)];
       fault = overlookable_fault(latest)) {
    found.set(static_cast<std::size_t>(*fault));
    latest = played_alone(stage, handshake_case(), overlooking);
  }
  return found;
}

}  // namespace

ProbeResult probe(Stage& stage) {
  ProbeResult found;
  Finished first = first_handshake(stage);
  found.speaks = upgraded(first);
  found.server = server_field(first, stage.profile().secrets);
  if (!found.speaks) {
    found.reason = why_not_spoken(first, stage);
    return found;
  }
  found.faults = faults_of_every_101(stage, first);
  TargetProfile known = stage.profile();
  known.overlooked = found.faults;
  std::vector<Finished> played{std::move(first)};
  if (is_mute(stage, known, played)) {
    found.round_trip = round_trip_without_pongs(played);
    found.reason = why_not_worth_a_run(played, stage.pace().patience_without_work());
    found.speaks = found.reason.empty();
    if (!found.speaks) return found;
  } else {
    ask_pings(stage, known, std::move(played), found);
    ask_messages(stage, known, found);
  }
  stage.pace().measured_round_trip(found.round_trip);
  const Finished agreed = played_alone(stage, deflate_case(found.pongs), known);
  found.deflates = upgraded(agreed) && agreed.result.verdict != Verdict::skipped;
  return found;
}

void adopt(const ProbeResult& found, TargetProfile& profile) {
  profile.echoes = found.echoes;
  profile.pongs = found.pongs;
  profile.refuses = found.refuses;
  profile.overlooked = found.faults;
  if (found.echoes) profile.features.insert("echo");
  if (profile.address.tls) profile.features.insert("tls");
  if (found.deflates) profile.features.insert(std::string(permessage_deflate));
  if (!profile.subprotocols.empty()) profile.features.insert("subprotocol");
}

std::vector<Fact> facts_of(const ProbeResult& found) {
  std::vector<Fact> facts = {
      {std::string(permessage_deflate), found.deflates ? "agreed to" : "not agreed to", 0, ""}};
  if (!found.pongs) facts.push_back({"Pings", "not answered", 0, ""});
  for (const HandshakeRule& rule : handshake_rules())
    if (found.faults[static_cast<std::size_t>(rule.fault)])
      facts.push_back(fact_of(rule.fault, true));
  for (const Opcode kind : found.refuses)
    facts.push_back({fmt::format("{} messages", name_of(kind)), "not taken", 0, ""});
  return facts;
}

double briefly(const Pace& pace) {
  return std::max(0.25, 2 * in_seconds(pace.slowest()) / in_seconds(pace.patience()));
}

bool speaks_alike(Stage& stage) {
  const TargetProfile& known = stage.profile();
  if (!upgraded(patient_handshake(stage))) return false;
  return !known.echoes || passes(played_alone(stage, echo_case(Opcode::text, known.pongs)));
}

Liveness probe_liveness(Stage& stage, std::size_t others, double patience) {
  const bool pongs = stage.profile().pongs;
  Case question = pongs ? ping_case() : opening_case();
  question.patience = patience;
  const Finished ended = played_alone(stage, question, others);
  const bool faulty = ended.outcome.reaction.offence.has_value();  // and an answer nevertheless
  if (passes(ended) || (upgraded(ended) && (faulty || !pongs))) return {true, ""};
  return {false, ended.result.reason};
}

}  // namespace wsconform
