// Faults of the 101 that a case of its own asks for (cases/rfc6455/4.2.2-server-handshake.json).
// One that shows in every connection, or in many, is overlooked by all other cases: else it would
// hide what is to be found behind the handshake.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>

#include "core/handshake_fault.h"
#include "reports/results/target_facts.h"
#include "runner/suite/stage.h"

namespace wsconform {

// Such a fault, of a 101 that it ended; nullopt where the profile overlooked it already.
std::optional<HandshakeFault> overlookable_fault(const Finished& ended);

// What is told of a target with it. `always`: every 101 has it, not only many.
Fact fact_of(HandshakeFault fault, bool always);

// In how many 101s of a run such a fault showed. Safe to ask from several threads.
class SpreadFaults {
 public:
  // Of one more 101: true once they are many.
  bool count(HandshakeFault fault);
  bool is_spread(HandshakeFault fault) const;

 private:
  mutable std::mutex mutex_;
  std::map<HandshakeFault, std::size_t> seen_;
};

}  // namespace wsconform
