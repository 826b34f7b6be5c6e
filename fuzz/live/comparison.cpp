#include "fuzz/live/comparison.h"

#include "core/close_code.h"
#include "core/close_payload.h"

namespace wsconform {
namespace {

Move sending(Opcode opcode, Bytes payload = {}) {
  SendFrame frame;
  frame.opcode = opcode;
  frame.payload = Payload(std::move(payload));
  return {frame};
}

// One of each way that a connection goes, and of each way that it fails.
std::vector<LiveSession> usual_sessions() {
  const Bytes text = to_bytes("usual");
  const std::vector<std::vector<Move>> moves = {
      {},
      {sending(Opcode::text, text)},
      {sending(Opcode::binary, text)},
      {sending(Opcode::ping, text)},
      {sending(Opcode::close)},
      {sending(Opcode::close, encode_close_payload(close_normal))},
      {{EndStream{}}},
      {sending(Opcode::reserved_3)},
      {sending(Opcode::text, {0xFF})},
      {sending(Opcode::close, encode_close_payload(0))}};
  std::vector<LiveSession> sessions;
  for (const auto& each : moves) sessions.emplace_back().moves = each;
  LiveSession& no_key = sessions.emplace_back();
  no_key.handshake.drop = {"Sec-WebSocket-Key"};
  return sessions;
}

}  // namespace

void Comparison::learn_quirks() {
  for (const auto& each : differences(here_.play(usual_sessions(), {}), {}))
    if (each) quirks_.emplace(each->here, each->there);
}

std::vector<std::optional<Difference>> Comparison::differences(
    const std::vector<PlayedSession>& trials, TaskRunner::Breadth breadth) {
  std::vector<LiveSession> sessions;
  for (const PlayedSession& each : trials) sessions.push_back(each.session);
  const std::vector<PlayedSession> others = there_.play(sessions, breadth);
  std::vector<std::optional<Difference>> all(trials.size());
  for (std::size_t n = 0; n < trials.size(); ++n) {
    if (!trials[n].tells() || !others[n].tells()) continue;
    Difference each{reaction_of(trials[n].ended), reaction_of(others[n].ended)};
    if (each.here != each.there && !quirks_.contains({each.here, each.there})) all[n] = each;
  }
  return all;
}

}  // namespace wsconform
