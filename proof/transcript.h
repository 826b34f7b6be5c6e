// What a target in memory was told in a run, and what it said to each. Another one that says the
// same to the same would have brought the run to the same end, and to ask it so costs a fraction of
// the run.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "core/bytes.h"
#include "core/instant.h"
#include "runner/conversation/memory_driver.h"

namespace wsconform {

class Transcript {
 public:
  using NewTarget = std::function<std::unique_ptr<MemoryTarget>(Instant)>;

  // Makes the same targets; what they are told and say is written here, as long as it is no more
  // than `most` bytes. The transcript outlives them, and stays where it is meanwhile.
  NewTarget written_for(NewTarget targets, std::size_t most);
  // Nothing was left out.
  bool is_whole() const { return whole_; }
  // Whether those of `targets` say the same to the same, at every place.
  // Precondition: it is whole.
  bool is_followed_by(const NewTarget& targets) const;

  // What the target was told, or was asked and answered: the one that was made last, until another
  // is named.
  struct Of {
    std::size_t target;  // in the order in which they are made
  };
  struct Made {
    Instant at;
  };
  struct Received {
    Bytes bytes;
  };
  struct ReceivedEnd {};
  struct Ticked {
    Instant at;
  };
  struct Deadline {
    std::optional<Instant> at;
  };
  struct Output {
    Bytes bytes;
  };
  struct WantsClose {
    bool wants;
  };
  using Line = std::variant<Of, Made, Received, ReceivedEnd, Ticked, Deadline, Output, WantsClose>;

  // Adds to it, of this target; bytes beyond the most that is written are left out, and it is not
  // whole any more.
  void write(std::size_t target, Line line);

 private:
  void write(Line line);

  std::vector<Line> lines_;
  std::size_t room_ = 0;  // bytes
  std::size_t made_ = 0;  // targets
  std::size_t of_ = 0;    // whose the last line is
  bool whole_ = true;
};

}  // namespace wsconform
