#include "runner/suite/overlooked_fault.h"

#include <fmt/format.h>

#include <utility>
#include <variant>

#include "runner/suite/probe_answer.h"

namespace wsconform {
namespace {

// More than there are cases that ask for anything special of a handshake.
constexpr std::size_t enough_to_spread = 40;

bool has_its_case(HandshakeFault fault) {
  switch (fault) {
    case HandshakeFault::status_line_malformed:
    case HandshakeFault::response_field_malformed:
    case HandshakeFault::response_http_version:
    case HandshakeFault::accept_repeated:
    case HandshakeFault::extension_response_malformed:
    case HandshakeFault::response_upgrade_missing:
    case HandshakeFault::response_upgrade_wrong:
    case HandshakeFault::response_connection_missing:
    case HandshakeFault::accept_missing:
    case HandshakeFault::accept_wrong:
    case HandshakeFault::extension_not_offered:
    case HandshakeFault::subprotocol_not_offered:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::optional<HandshakeFault> overlookable_fault(const Finished& ended) {
  if (!ended.outcome.reaction.offence || !upgraded(ended)) return std::nullopt;
  const auto* opening = std::get_if<IllegalOpening>(&*ended.outcome.reaction.offence);
  if (opening == nullptr || !has_its_case(opening->fault)) return std::nullopt;
  return opening->fault;
}

Fact fact_of(HandshakeFault fault, bool always) {
  for (const HandshakeRule& rule : handshake_rules()) {
    if (rule.fault != fault) continue;
    return {fmt::format("{}: {}", always ? "Every 101" : "Many 101s", rule.name),
            fmt::format("{} It is judged by the cases about the server's handshake, and overlooked "
                        "by all others.",
                        rule.says),
            0, ""};
  }
  std::unreachable();
}

bool SpreadFaults::count(HandshakeFault fault) {
  const std::lock_guard lock(mutex_);
  return ++seen_[fault] >= enough_to_spread;
}

bool SpreadFaults::is_spread(HandshakeFault fault) const {
  const std::lock_guard lock(mutex_);
  const auto seen = seen_.find(fault);
  return seen != seen_.end() && seen->second >= enough_to_spread;
}

}  // namespace wsconform
