// What a server may do, though the reference server does not: planted like a defect, and no case
// may count it against the server. Each row names the section that allows it.
#pragma once

#include <span>

#include "server-under-test/defect.h"

namespace wsconform {

std::span<const Defect> allowed_conduct();

}  // namespace wsconform
