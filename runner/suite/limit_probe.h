// What has a limit in a target, and how a size is tried: each try is a small case of its own on a
// fresh connection.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "reports/results/case_result.h"
#include "reports/results/target_facts.h"
#include "runner/suite/limit_search.h"
#include "runner/suite/stage.h"
#include "runner/target/target.h"

namespace wsconform {

struct Case;

struct LimitedQuantity {
  std::string_view name;  // of the fact: it never changes
  std::string_view unit;
  std::uint64_t least = 1;
  std::uint64_t most = 1;       // at default intensity
  std::uint64_t most_full = 1;  // at full intensity
  // The case that a target passes exactly when it takes so much.
  Case (*sized)(std::uint64_t size, const TargetProfile& target);
};

// In the order in which they are told. RFC 6455 §10.4 for messages; RFC 9112 §3,
// RFC 9110 §5.4 for requests.
std::span<const LimitedQuantity> limited_quantities();

SearchRange range_of(const LimitedQuantity& quantity, bool full);

// What a try came to. A target that cannot be reached comes out as `unclear`: whether it died is
// the driver's to find out. Of the secrets none is told.
SizeOutcome outcome_of(const Finished& ended, const Secrets& secrets);

// The amount is the largest size that was taken.
Fact fact_of(const LimitedQuantity& quantity, const LimitFound& found);

}  // namespace wsconform
