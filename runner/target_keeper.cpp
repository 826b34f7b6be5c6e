#include "runner/target_keeper.h"

#include <fmt/format.h>

#include <utility>

#include "runner/probe.h"

namespace wsconform {
namespace {

constexpr Duration process_start = std::chrono::seconds(60);
constexpr Duration comeback =
    std::chrono::seconds(3);  // of a target that somebody else starts again
constexpr int exit_ms = 1000;

}  // namespace

TargetKeeper::TargetKeeper(TargetAccess& access, TargetProcess* process,
                           std::function<bool()> stopped)
    : access_(access), process_(process), stopped_(std::move(stopped)) {}

std::optional<std::string> TargetKeeper::start() {
  if (process_ == nullptr || revive()) return std::nullopt;
  const std::string end = process_->running() ? "it listens nowhere" : process_->last_exit();
  return fmt::format("{}. {}", end, process_->error_output());
}

bool TargetKeeper::revive() {
  if (process_ == nullptr) return reach(access_, comeback, stopped_);
  process_->start();
  return reach(access_, process_start, [this] { return stopped_() || exited(); });
}

// A connect is no proof: a process that is about to end still has its listening socket.
std::optional<std::string> TargetKeeper::death() {
  if (probe_liveness(access_).speaks) return std::nullopt;
  if (process_ == nullptr) return std::string();
  return process_->exits_within(exit_ms) ? process_->last_exit() : "it answers nothing any more";
}

std::string TargetKeeper::last_words() const {
  return process_ == nullptr ? std::string() : process_->error_output();
}

}  // namespace wsconform
