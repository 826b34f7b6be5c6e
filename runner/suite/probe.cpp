#include "runner/suite/probe.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/permessage_deflate.h"
#include "runner/suite/probe_answer.h"
#include "runner/suite/probe_cases.h"

namespace wsconform {
namespace {

bool passes(const Finished& ended) {
  return ended.result.verdict == Verdict::pass;
}

// Whatever messages come beside the Pong.
Finished ping(Stage& stage) {
  TargetProfile any = stage.profile();
  any.echoes = false;
  return played_alone(stage, ping_case(), std::move(any));
}

Duration time_of(const Finished& ended) {
  const std::chrono::duration<double, std::milli> told(std::max(0.0, ended.result.total_ms));
  return std::chrono::duration_cast<Duration>(told);
}

// At the first address that is reached; where none is, at the first of all.
Finished first_handshake(Stage& stage) {
  const Case handshake = handshake_case();
  Finished first = played_alone(stage, handshake);
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

// Three Pings: the shortest is the round trip of one that does nothing else. A ping's case is three of them long: the
// handshakes of TCP and of WebSocket, and the Ping.
void ask_pings(Stage& stage, ProbeResult& found) {
  constexpr int round_trips = 3;
  found.round_trip = Duration::max();
  for (int n = 0; n < 3; ++n) {
    const Finished each = ping(stage);
    found.pongs = found.pongs || passes(each);
    found.round_trip = std::min(found.round_trip, time_of(each) / round_trips);
  }
  stage.pace().measured_round_trip(found.round_trip);
}

bool refuses(Stage& stage, Opcode opcode, bool echoes) {
  return played_alone(stage, message_case(opcode, echoes)).result.verdict == Verdict::lenient;
}

}  // namespace

ProbeResult probe(Stage& stage) {
  ProbeResult found;
  const Finished first = first_handshake(stage);
  found.speaks = upgraded(first);
  found.server = server_field(first);
  if (!found.speaks) {
    found.reason = why_not_spoken(first, stage);
    return found;
  }
  ask_pings(stage, found);
  found.echoes = passes(played_alone(stage, echo_case(found.pongs)));
  for (const Opcode kind : {Opcode::text, Opcode::binary})
    if (found.pongs && refuses(stage, kind, found.echoes)) found.refuses.insert(kind);
  const Finished agreed = played_alone(stage, deflate_case());
  found.deflates = upgraded(agreed) && agreed.result.verdict != Verdict::skipped;
  return found;
}

void adopt(const ProbeResult& found, TargetProfile& profile) {
  profile.echoes = found.echoes;
  profile.pongs = found.pongs;
  profile.refuses = found.refuses;
  if (found.echoes) profile.features.insert("echo");
  if (profile.address.tls) profile.features.insert("tls");
  if (found.deflates) profile.features.insert(std::string(permessage_deflate));
  if (!profile.subprotocols.empty()) profile.features.insert("subprotocol");
}

std::vector<Fact> facts_of(const ProbeResult& found) {
  std::vector<Fact> facts = {
      {std::string(permessage_deflate), found.deflates ? "agreed to" : "not agreed to", 0, ""}};
  if (!found.pongs) facts.push_back({"Pings", "not answered", 0, ""});
  for (const Opcode kind : found.refuses)
    facts.push_back({fmt::format("{} messages", name_of(kind)), "not taken", 0, ""});
  return facts;
}

Liveness probe_liveness(Stage& stage, std::size_t others) {
  const bool pongs = stage.profile().pongs;
  const Finished ended = played_alone(stage, pongs ? ping_case() : handshake_case(), others);
  if (pongs ? passes(ended) : upgraded(ended)) return {true, ""};
  return {false, ended.result.reason};
}

}  // namespace wsconform
