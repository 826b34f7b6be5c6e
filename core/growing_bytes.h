// Bytes to whose end others are added. Large ones move to more room without being copied, where the
// system can: they stand in memory once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <utility>

#include "core/bytes.h"

namespace wsconform {

class GrowingBytes {
 public:
  GrowingBytes() = default;
  GrowingBytes(GrowingBytes&& other) noexcept
      : data_(std::move(other.data_)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  GrowingBytes& operator=(GrowingBytes&& other) noexcept {
    data_ = std::move(other.data_);
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, 0);
    return *this;
  }

  // The room to take when there is too little: 64 bytes, then twice as much, from 1 MiB on a fourth
  // more, since room that is not used counts for its holder.
  std::size_t roomier() const;
  // Room for so many bytes in all. Throws std::bad_alloc.
  void reserve(std::size_t capacity);
  // With more room than they need, where there is too little.
  void append(ByteView more);
  // What is there behind them, to be written to.
  std::span<std::uint8_t> room() { return {data_.get() + size_, capacity_ - size_}; }
  // The first bytes of the room are theirs.
  void grow_into_room(std::size_t count) { size_ += count; }
  // No more than there are.
  void drop_front(std::size_t count);
  void clear() { size_ = 0; }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  std::size_t capacity() const { return capacity_; }
  ByteView view() const { return {data_.get(), size_}; }

 private:
  struct Free {
    void operator()(std::uint8_t* bytes) const { std::free(bytes); }
  };

  std::unique_ptr<std::uint8_t[], Free> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace wsconform
