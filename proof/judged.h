// Cases held against peers in memory.
#pragma once

#include "proof/hostile_target.h"
#include "runner/conversation/memory_driver.h"

namespace wsconform {

struct Case;

// Plays the case against the peer, with the profile that the reference target would have for it.
// Ends whatever the peer does.
MemoryRun judge_peer(const Case& each, const HostilePeer& peer);

// The case sends what must be refused: its last expectation is that the connection fails.
bool demands_failure(const Case& each);

}  // namespace wsconform
