#include "runner/suite/killers.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "runner/casebook/case.h"

namespace wsconform {
namespace {

std::string_view entry_of(const Task& task) {
  return without_variant(task.to_run->id, task.to_run->section);
}

}  // namespace

void Killers::add(const Task& killer) {
  entries_.emplace(entry_of(killer));
}

bool Killers::knows(const Task& task) const {
  return entries_.contains(entry_of(task));
}

void Killers::set_variants_aside(std::vector<Task>& tasks, std::vector<Task>& aside) const {
  if (entries_.empty()) return;
  const auto is_variant = [this](const Task& each) { return knows(each); };
  std::ranges::copy_if(tasks, std::back_inserter(aside), is_variant);
  std::erase_if(tasks, is_variant);
}

}  // namespace wsconform
