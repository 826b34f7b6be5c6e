// The reference server in the same process, as the memory driver sees it; with a defect
// planted where asked.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/connection.h"
#include "runner/conversation/memory_driver.h"
#include "runner/target/target.h"
#include "runner/target/target_policy.h"
#include "server-under-test/defect.h"
#include "server-under-test/site/access.h"

namespace wsconform {

struct Case;

std::function<std::unique_ptr<MemoryTarget>(Instant)> reference_target(
    const Defect* defect = nullptr);
// The same with limits of its own.
std::function<std::unique_ptr<MemoryTarget>(Instant)> limited_target(const Limits& limits);

// Whom that server lets in, each rule at a path of its own, and what it says of it and of its
// limits. A conversation takes few tickets, a run of all cases many.
std::shared_ptr<Access> reference_access(std::size_t how_many_tickets = 6);
TargetPolicy reference_policy(std::size_t how_many_tickets = 6);
DeclaredLimits reference_limits();

// The profile of that target: it echoes and declares all that.
const TargetProfile& reference_profile();
// The same with all tickets unused and nothing shown yet: for one conversation, in any thread.
TargetProfile fresh_reference_profile();

// Of these the cases for servers at default intensity that need nothing but the features.
std::vector<Case> cases_for(std::vector<Case> cases, const std::set<std::string>& features);

// What it meets, its own flows (proof/flow_target.h) among it: two targets, for a cookie's rule
// holds at one path of a profile.
std::set<std::string> reference_features();
// Whether the case is played against the flows: where nothing else meets its needs, or the defect
// shows only there.
bool is_of_flows(const Case& each, const Defect* defect);

// The one that the case is played against: that with the flows where the case is of those.
struct ReferenceServer {
  TargetProfile profile;  // for one conversation
  std::function<std::unique_ptr<MemoryTarget>(Instant)> make;
};
ReferenceServer server_for(const Case& each, const Defect* defect = nullptr);
// Without its profile.
std::function<std::unique_ptr<MemoryTarget>(Instant)> target_for(const Case& each,
                                                                 const Defect* defect);

// Judges it by one case.
MemoryRun judge_in_memory(const Case& each, const ReferenceServer& server,
                          const StreamCuts& cuts = {});
MemoryRun judge_in_memory(const Case& each, const Defect* defect = nullptr,
                          const StreamCuts& cuts = {});

}  // namespace wsconform
