#include "core/growing_bytes.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <new>

namespace wsconform {

std::size_t GrowingBytes::roomier() const {
  constexpr std::size_t small = 32;
  constexpr std::size_t large = 1024 * 1024;
  return capacity_ < large ? 2 * std::max(capacity_, small) : capacity_ + capacity_ / 4;
}

void GrowingBytes::reserve(std::size_t capacity) {
  if (capacity <= capacity_) return;
  void* const moved = std::realloc(data_.get(), capacity);
  if (moved == nullptr) throw std::bad_alloc();
  static_cast<void>(data_.release());
  data_.reset(static_cast<std::uint8_t*>(moved));
  capacity_ = capacity;
}

void GrowingBytes::append(ByteView more) {
  if (more.empty()) return;
  const std::size_t needed = size_ + more.size();
  if (needed > capacity_) reserve(std::max(needed, roomier()));
  std::memcpy(data_.get() + size_, more.data(), more.size());
  size_ = needed;
}

void GrowingBytes::drop_front(std::size_t count) {
  assert(count <= size_);
  size_ -= count;
  if (size_ > 0) std::memmove(data_.get(), data_.get() + count, size_);
}

}  // namespace wsconform
