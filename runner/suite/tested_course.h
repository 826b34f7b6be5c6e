// Cases for tests of a whole run on a table.
#pragma once

#include <string>
#include <utility>

#include "runner/casebook/case.h"

namespace wsconform::run_course_test {

inline Case named(std::string id, bool alone = false) {
  Case made;
  made.id = std::move(id);
  made.section = "s";
  made.alone = alone;
  return made;
}

}  // namespace wsconform::run_course_test
