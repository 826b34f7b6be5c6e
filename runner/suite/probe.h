// The check before a run and the question whether a target lives: what is asked, and what follows
// from the answers.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "core/frame.h"
#include "core/instant.h"
#include "reports/results/target_facts.h"
#include "runner/suite/stage.h"
#include "runner/target/target.h"

namespace wsconform {

struct ProbeResult {
  // An opening handshake got a 101; and in time, where nothing else is answered.
  bool speaks = false;
  std::string reason{};  // where it does not: one clear sentence, and nothing else is found out
  bool pongs = false;    // it answers Pings; where not, `refuses` is not found out
  bool echoes = false;
  HandshakeFaultSet faults{};  // of every 101: see TargetProfile
  std::set<Opcode> refuses{};  // of text and binary: see TargetProfile
  bool deflates = false;       // it agrees to permessage-deflate, or tries to
  Duration round_trip{};       // of a Ping, or of a handshake where it answers none
  std::string server{};        // the Server field of its response
};

// Finds out all of it and sets the pace. The target is looked for at each address of its host
// until it is reached.
ProbeResult probe(Stage& stage);

// What follows from it, of a target that speaks: what the cases need to know, ...
void adopt(const ProbeResult& found, TargetProfile& profile);
// ... and what is worth telling.
std::vector<Fact> facts_of(const ProbeResult& found);

// Whether it opens connections, and echoes where the profile says that the target does: a further
// process of one that is known.
bool speaks_alike(Stage& stage);

// So many times the patience is little, and not too short for a target that is slow anyway.
double briefly(const Pace& pace);

struct Liveness {
  bool speaks = false;
  std::string reason{};  // where not: one sentence
};

// Whether a fresh connection's handshake, and its Ping where the target answers any, are answered
// within so many times the patience; while so many others are open and say nothing.
Liveness probe_liveness(Stage& stage, std::size_t others = 0, double patience = 1);

}  // namespace wsconform
