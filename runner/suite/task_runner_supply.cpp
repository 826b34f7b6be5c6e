// How a TaskRunner takes its cases from a supply that others may take from as well.
#include <utility>

#include "runner/suite/task_runner.h"

namespace wsconform {

void TaskRunner::begin(Supply supply, Breadth breadth) {
  supply_ = std::move(supply);
  begin(std::vector<Task>{}, breadth);
  supply_ = {};
}

// From the supply; empty where there is none any more.
std::vector<Task> TaskRunner::take_some() {
  std::vector<Task> some;
  while (supply_.take && some.empty()) {
    some = supply_.take();
    if (some.empty()) supply_ = {};
    killers_.set_variants_aside(some, aside_);
  }
  return some;
}

// As an order asks for it, which adds what it takes to `to_come`.
std::function<std::vector<Task>()> TaskRunner::more_of_supply(std::size_t& to_come) {
  if (!supply_.take) return {};
  return [this, &to_come] {
    std::vector<Task> some = take_some();
    to_come += some.size();
    return some;
  };
}

}  // namespace wsconform
