// Cases of which a variant ended the target's process, or hung it: their other variants are likely
// to do so too.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "runner/suite/stage.h"

namespace wsconform {

class Killers {
 public:
  void add(const Task& killer);
  // It is one of them, or a variant of one.
  bool knows(const Task& task) const;
  // Moves their variants from `tasks` to the end of `aside`, in their order.
  void set_variants_aside(std::vector<Task>& tasks, std::vector<Task>& aside) const;
  void forget() { entries_.clear(); }

 private:
  std::set<std::string, std::less<>> entries_;
};

}  // namespace wsconform
