// The reference server in the same process, as the memory driver sees it; with a defect planted where asked.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "runner/case.h"
#include "runner/memory_driver.h"
#include "runner/target.h"
#include "server-under-test/defect.h"

namespace wsconform {

std::function<std::unique_ptr<MemoryTarget>(Instant)> reference_target(
    const Defect* defect = nullptr);

// The profile of that target: it echoes and selects the subprotocols of the cases.
const TargetProfile& reference_profile();

// The cases of the repository for servers at default intensity whose needs the reference server meets, loaded once.
const std::vector<Case>& reference_cases();

// Judges the reference server by one case.
MemoryRun judge_in_memory(const Case& each, const Defect* defect = nullptr,
                          const StreamCuts& cuts = {});

}  // namespace wsconform
