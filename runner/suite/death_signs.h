// What results tell of a target that died or hangs, before it is asked.
#pragma once

#include <chrono>
#include <vector>

#include "runner/conversation/pace.h"
#include "runner/suite/stage.h"

namespace wsconform {

inline constexpr Duration dying =
    std::chrono::milliseconds(100);  // between the end of a connection and that of the process

// The target was heard since: it did not end by its death.
bool outlived(const Finished& ended, const Pace& pace);

// Takes out, from the front on, what was outlived before the first that was not.
std::vector<Finished> taken_outlived(std::vector<Finished>& finished, const Pace& pace);

// Of what was not outlived: it waited for nothing, or was closed in due form.
bool is_unlikely_killer(const Finished& ended);

// Nothing is heard for longer than the case waited, not even of connections begun since; for longer
// still where none is to begin any more, and those under way may all wait for what does not come.
// Whether it does hang is asked once the batch has stopped.
bool is_hang(const Finished& ended, const Pace& pace, bool more_to_come);

// In the order of their ends: the last is a deadline's, and nothing was heard since it began to
// wait: too short a time to tell a hang from the silence that one case is met with, and nobody is
// left to be asked.
bool ended_unheard(const std::vector<Finished>& finished, const Pace& pace);

// One of those that ended with the last was cut off.
bool cut_off_at_last(const std::vector<Finished>& finished);

}  // namespace wsconform
