// Carries a Conversation against an endpoint in the same process: no socket, no clock but the one
// it moves itself, and the stream cut wherever it is told.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "core/bytes.h"
#include "core/instant.h"
#include "runner/conversation/conversation.h"

namespace wsconform {

// An endpoint as the driver sees it: a server, or a client whose connection is there as soon as it
// is made, its request the first output.
class MemoryTarget {
 public:
  virtual ~MemoryTarget() = default;
  virtual void receive(std::span<std::uint8_t> bytes) = 0;
  virtual void receive_end() = 0;
  virtual void tick(Instant now) = 0;
  virtual std::optional<Instant> next_deadline() const = 0;
  virtual Bytes take_output() = 0;
  virtual bool wants_close() const = 0;
};

// Where both directions are cut, on top of the case's own cuts. Positions count from a
// connection's first byte.
struct StreamCuts {
  std::size_t to_target_at = 0;    // one cut; 0: none
  std::size_t from_target_at = 0;  // one cut; 0: none
  std::size_t chunk = 0;           // pieces of so many bytes, both ways; 0: whole
};

struct MemoryRun {
  CaseResult result;
  Outcome outcome;
  std::size_t sent = 0;      // bytes to the target on the first connection
  std::size_t received = 0;  // bytes from it
};

// Plays the conversation to its end. It always has one: time goes from deadline to deadline,
// the target's among them, and a target that never stops talking is stopped (`Endless`).
// `new_target` is called for each connection, the first one included, and outlives the run; so
// does what its targets refer to. Each target lives until the end of the run, for it may still
// hold what was sent to it.
MemoryRun run_in_memory(Conversation conversation,
                        const std::function<std::unique_ptr<MemoryTarget>(Instant)>& new_target,
                        Instant now, const StreamCuts& cuts = {});

}  // namespace wsconform
