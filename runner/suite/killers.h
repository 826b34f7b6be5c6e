// Cases of which a variant ended the target's process: their other variants are likely to do so
// too.
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
  // Moves their variants from `tasks` to the end of `aside`, in their order.
  void set_variants_aside(std::vector<Task>& tasks, std::vector<Task>& aside) const;
  void forget() { entries_.clear(); }

 private:
  std::set<std::string, std::less<>> entries_;
};

}  // namespace wsconform
