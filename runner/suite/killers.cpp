#include "runner/suite/killers.h"

#include <string_view>

#include "runner/casebook/case.h"

namespace wsconform {
namespace {

std::string_view entry_of(const Task& task) {
  return without_variant(task.to_run->id, task.to_run->section);
}

}  // namespace

bool are_variants(const Task& one, const Task& other) {
  return entry_of(one) == entry_of(other);
}

void Killers::add(const Task& killer) {
  entries_.emplace(entry_of(killer));
}

bool Killers::knows(const Task& task) const {
  return entries_.contains(entry_of(task));
}

void Killers::forget(const Task& variant) {
  const auto found = entries_.find(entry_of(variant));
  if (found != entries_.end()) entries_.erase(found);
}

}  // namespace wsconform
