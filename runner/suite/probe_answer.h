// What a small case of the probe, played alone, was answered with.
#pragma once

#include <cstddef>
#include <string>

#include "core/bytes.h"
#include "runner/suite/stage.h"

namespace wsconform {

struct Case;

// Plays it alone; what comes back names no task, for the case may be gone. Of a run that was
// stopped meanwhile: an error without a reason. `others` are open meanwhile, and say nothing.
Finished played_alone(Stage& stage, const Case& made, std::size_t others = 0);
// As one would that takes the target for another than it is.
Finished played_alone(Stage& stage, const Case& made, TargetProfile profile);

// No TCP, or no TLS where the URL has it.
bool unreached(const Finished& ended);
// The handshake got a 101.
bool upgraded(const Finished& ended);
// The value of the response's field without what is secret, or "".
std::string server_field(const Finished& ended, const Secrets& secrets);

// Of a target that was not upgraded: what it is instead, or does, in one sentence, and what helps.
// It may be asked again.
std::string why_not_spoken(const Finished& ended, Stage& stage);

}  // namespace wsconform
