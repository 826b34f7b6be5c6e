// A case as it went with the reference server, so that what a planted defect changes about it is
// soon found out: most defects act in few cases, and say in all others what the server without
// them says.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>

#include "proof/transcript.h"
#include "reports/results/case_result.h"
#include "server-under-test/defect.h"

namespace wsconform {

struct Case;

// The verdict on the defective reference server is one that tells: fail or error; or lenient, where
// the case's level is no must or the defect deserves no more.
bool tells(Verdict verdict, const Case& each, const Defect& defect);
// Judges the defective server by the case, in memory, and it tells.
bool catches(const Case& each, const Defect& defect);

class Rehearsal {
 public:
  // Plays the case, which outlives it.
  explicit Rehearsal(const Case& each);

  const Case& rehearsed() const { return *case_; }
  // More than 8 KiB go over the wire in both directions.
  bool is_heavy() const;
  // The same as wsconform::catches; from any thread.
  bool catches(const Defect& defect) const;

 private:
  struct Take {
    Take(const Case& each, bool of_flows);

    Verdict verdict = Verdict::error;
    std::size_t bytes = 0;  // on the wire
    std::unique_ptr<Transcript> transcript;
  };
  // Played when it is first asked for.
  struct Later {
    std::once_flag once{};
    std::unique_ptr<Take> take{};
  };

  // With the target that the defect asks for.
  const Take& take_for(const Defect& defect) const;

  const Case* case_ = nullptr;
  Take open_;
  // Where defects of the flows have the case played against another target.
  std::unique_ptr<Later> flows_;
};

}  // namespace wsconform
