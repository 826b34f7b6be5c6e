#include "runner/suite/task_list.h"

#include <algorithm>
#include <iterator>
#include <random>
#include <utility>

#include "core/frame_decoder.h"
#include "runner/casebook/case.h"
#include "runner/conversation/ruling.h"

namespace wsconform {
namespace {

// Raw bytes that are frames, the first of them whole and of the kind.
bool begins_with(const SendBytes& step, Opcode opcode) {
  constexpr std::uint64_t most_looked_at = 1024;
  if (step.payload.size() > most_looked_at) return false;
  std::vector<FrameDecoder::Item> frames;
  FrameDecoder().feed(step.payload.build(), frames);
  return !frames.empty() && frames.front().frame.header.opcode == opcode;
}

}  // namespace

CaseResult unjudged(const Task& task, Verdict verdict, AtFault at_fault, const Ground& ground) {
  CaseResult result = begun_result(*task.to_run);
  rule(result, verdict, ground, {});
  result.at_fault = at_fault;
  result.repetition = task.repetition;
  return result;
}

std::vector<Task> tasks_where(const std::vector<Task>& tasks,
                              const std::function<bool(const Case&)>& chosen) {
  std::vector<Task> found;
  std::ranges::copy_if(tasks, std::back_inserter(found),
                       [&](const Task& each) { return chosen(*each.to_run); });
  return found;
}

bool sends(const Case& each, Opcode opcode) {
  return std::ranges::any_of(each.steps, [opcode](const Step& step) {
    if (const auto* bytes = as<SendBytes>(step)) return begins_with(*bytes, opcode);
    const auto* frame = as<SendFrame>(step);
    return frame != nullptr && frame->opcode == opcode;
  });
}

bool sends_in_bytes(const Case& each, Opcode opcode) {
  return std::ranges::any_of(each.steps, [opcode](const Step& step) {
    const auto* bytes = as<SendBytes>(step);
    return bytes != nullptr && begins_with(*bytes, opcode);
  });
}

void begin_with_the_long(std::vector<Task>& tasks) {
  const auto silent = [](const Case& each) {
    return std::ranges::any_of(each.steps, [](const Step& step) {
      const auto* expectation = std::get_if<Expectation>(&step);
      return expectation != nullptr && takes_silence(*expectation);
    });
  };
  const auto reconnects = [](const Step& step) { return as<Reconnect>(step) != nullptr; };
  const auto long_lasting = [&](const Case& each) {
    constexpr auto many = 4;
    return silent(each) || std::ranges::count_if(each.steps, reconnects) >= many;
  };
  std::vector<Task> ordered = tasks_where(tasks, long_lasting);
  std::ranges::copy(tasks_where(tasks, std::not_fn(long_lasting)), std::back_inserter(ordered));
  tasks = std::move(ordered);
}

void shuffle(std::vector<Task>& tasks, std::uint64_t seed) {
  std::mt19937_64 generator(seed);
  for (std::size_t left = tasks.size(); left > 1; --left)
    std::swap(tasks[left - 1], tasks[generator() % left]);
}

std::vector<std::string> ids_of(const std::vector<Task>& tasks) {
  std::vector<std::string> ids;
  for (const Task& each : tasks) ids.push_back(each.to_run->id);
  return ids;
}

}  // namespace wsconform
