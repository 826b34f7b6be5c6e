// How a connection ended, held against the endings that a case allows (cases/README.md;
// RFC 6455 §7.1.7, §7.1).
#pragma once

#include <vector>

#include "runner/casebook/expectation.h"
#include "runner/conversation/reaction.h"

namespace wsconform {

// The first ending that fits; nullptr: none does. Views `endings`.
const Ending* fitting(const std::vector<Ending>& endings, const Reaction& reaction);

}  // namespace wsconform
