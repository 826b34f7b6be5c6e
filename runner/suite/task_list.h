// Small questions about the cases that a run has still to do.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "reports/results/case_result.h"
#include "runner/suite/stage.h"

namespace wsconform {

struct Case;

// The result of a case that was not run, or that could not be judged.
CaseResult unjudged(const Task& task, Verdict verdict, AtFault at_fault, const Ground& ground);

// In their order.
std::vector<Task> tasks_where(const std::vector<Task>& tasks,
                              const std::function<bool(const Case&)>& chosen);

// One of its frames is of the kind.
bool sends(const Case& each, Opcode opcode);
// The same of what it sends as bytes.
bool sends_in_bytes(const Case& each, Opcode opcode);

// Those that may wait for a silence come first, and those of many connections one behind another:
// the others run beside them meanwhile.
void begin_with_the_long(std::vector<Task>& tasks);

// The same order for the same seed, whatever the platform.
void shuffle(std::vector<Task>& tasks, std::uint64_t seed);

// In their order.
std::vector<std::string> ids_of(const std::vector<Task>& tasks);

}  // namespace wsconform
