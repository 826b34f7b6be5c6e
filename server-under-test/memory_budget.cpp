#include "server-under-test/memory_budget.h"

namespace wsconform {

void MemoryBudget::hold(std::uint64_t id, std::size_t bytes) {
  const auto before = bytes_of_.find(id);
  if (before != bytes_of_.end()) {
    held_ -= before->second;
    by_size_.erase({before->second, id});
    bytes_of_.erase(before);
  }
  if (bytes < worth_counting) return;
  held_ += bytes;
  bytes_of_.emplace(id, bytes);
  by_size_.emplace(bytes, id);
}

std::optional<std::uint64_t> MemoryBudget::one_too_many() const {
  if (held_ <= most_ || by_size_.empty()) return std::nullopt;
  return by_size_.rbegin()->second;
}

}  // namespace wsconform
