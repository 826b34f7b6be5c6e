// One statement of a standard, as the catalogue has it (cases/requirements/README.md).
#pragma once

#include <string>
#include <vector>

#include "core/role.h"
#include "reports/results/verdict.h"

namespace wsconform {

struct Requirement {
  std::string id;        // "rfc6455/5.5-control-payload-125"
  std::string standard;  // "rfc6455"
  std::string section;   // "5.5"
  Level level = Level::must;
  std::string says;
  std::vector<Role> binds;
  bool testable = true;
  std::string because;  // why not testable

  bool operator==(const Requirement&) const = default;
};

}  // namespace wsconform
