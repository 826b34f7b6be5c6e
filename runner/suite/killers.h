// Cases of which a variant ended the target's process, or hung it: their other variants are likely
// to do so too.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "runner/suite/stage.h"

namespace wsconform {

// Of one case.
bool are_variants(const Task& one, const Task& other);

class Killers {
 public:
  void add(const Task& killer);
  // It is one of them, or a variant of one.
  bool knows(const Task& task) const;
  void forget(const Task& variant);

 private:
  std::set<std::string, std::less<>> entries_;
};

}  // namespace wsconform
