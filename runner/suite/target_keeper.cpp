#include "runner/suite/target_keeper.h"

#include <fmt/format.h>

#include <utility>

#include "runner/suite/probe.h"

namespace wsconform {
namespace {

constexpr Duration process_start = std::chrono::seconds(60);
constexpr Duration comeback =
    std::chrono::seconds(3);  // of a target that somebody else starts again
constexpr Duration longest_work = std::chrono::seconds(6);  // that a single request is worth
constexpr int exit_ms = 1000;
const std::string silence = "it answers nothing any more";

}  // namespace

TargetKeeper::TargetKeeper(TargetAccess& access, TargetProcess* process,
                           std::function<bool()> stopped)
    : access_(access), process_(process), stopped_(std::move(stopped)) {}

std::optional<std::string> TargetKeeper::start() {
  if (process_ == nullptr) return std::nullopt;
  if (process_->pid() < 0) process_->start();
  if (reach_started()) return std::nullopt;
  const std::string end = process_->running() ? "it listens nowhere" : process_->last_exit();
  return fmt::format("{}. {}", end, process_->error_output());
}

// One that hangs still accepts TCP; one that is back may take its time for the first answer.
bool TargetKeeper::answers_again() {
  return reach(access_, comeback, stopped_) &&
         (probe_liveness(access_).speaks || (!stopped_() && probe_liveness(access_).speaks));
}

bool TargetKeeper::revive() {
  if (process_ == nullptr) return answers_again();
  process_->start();
  return reach_started();
}

bool TargetKeeper::reach_started() {
  return reach(access_, process_start, [this] { return stopped_() || exited(); });
}

// A connect is no proof: a process that is about to end still has its listening socket. One that is busy answers late.
std::optional<std::string> TargetKeeper::death() {
  const Instant last = std::chrono::steady_clock::now() + longest_work;
  do {
    if (probe_liveness(access_).speaks) return std::nullopt;
    if (process_ != nullptr && process_->exits_within(exit_ms)) return process_->last_exit();
    if (process_ == nullptr && !reach(access_, Duration::zero(), stopped_)) return std::string();
  } while (std::chrono::steady_clock::now() < last && !stopped_());
  return silence;
}

std::string TargetKeeper::last_words() const {
  return process_ == nullptr ? std::string() : process_->error_output();
}

}  // namespace wsconform
