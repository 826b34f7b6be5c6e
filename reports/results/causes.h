// The cases of a run that did not pass, by their causes: what every report tells first.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reports/results/cause.h"
#include "reports/results/verdict.h"

namespace wsconform {

struct CaseResult;
struct Results;

// How much a cause matters: the worst of its cases decides. The worst comes first.
enum class Weight {
  target_died,
  target_hung,
  must,        // a case fails
  no_verdict,  // a case has none
  should,      // lenient at worst
};
std::string_view name_of(Weight weight);  // "target-died"

struct CauseGroup {
  Cause cause;
  Weight weight = Weight::should;
  std::vector<const CaseResult*> cases;  // into the results, in their order
  const CaseResult* simplest = nullptr;  // of its worst cases: few steps, few bytes sent
  std::size_t fails = 0;                 // of the cases
  std::size_t lenient = 0;
  std::size_t errors = 0;
  std::size_t unexpected = 0;  // count against exit code 0
};

// The worst first, then what is unexpected before what is not, the largest first, at last by key:
// the same results give the same order. Holds every case that has a cause; the results outlive it.
std::vector<CauseGroup> causes_of(const Results& results);

// Variants of one case, which differ in what stands behind the case's own name.
struct Variants {
  std::string name;  // the id without that: "rfc6455/5.5-control-frames/too-long"
  std::vector<const CaseResult*> cases;  // never empty, in the order given
};
std::vector<Variants> folded(const std::vector<const CaseResult*>& cases);

}  // namespace wsconform
