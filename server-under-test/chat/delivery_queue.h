// What waits for one member of a room: frames that all members share, first in, first out.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "core/bytes.h"

namespace wsconform {

using SharedBytes = std::shared_ptr<const Bytes>;

class DeliveryQueue {
 public:
  // A frame of the room's.
  void push(SharedBytes frame);
  // What the member's own connection has to say behind it.
  void push_own(Bytes bytes);

  bool empty() const { return first_ == waiting_.size(); }
  // The next bytes, of one frame; they live until they are taken.
  ByteView front() const;
  // Copies the next bytes, of as many frames as there is room for; how many these are.
  std::size_t copy_front(std::span<std::uint8_t> to) const;
  void take(std::size_t count);
  // All goes but the rest of a frame that is begun.
  void drop_unbegun();

  // Bytes not taken.
  std::size_t unsent() const { return unsent_of_room_ + unsent_of_own_; }
  // Those of the room's frames; each counts for its place, too.
  std::size_t behind() const { return unsent_of_room_ + (waiting_.size() - first_) * of_a_place; }
  // Bytes of memory that it alone holds, about.
  std::size_t held() const { return waiting_.capacity() * sizeof(Waiting) + unsent_of_own_; }

 private:
  struct Waiting {
    SharedBytes bytes;
    bool own = false;
  };
  static constexpr std::size_t of_a_place = 64;

  std::size_t& unsent_of(const Waiting& each) {
    return each.own ? unsent_of_own_ : unsent_of_room_;
  }
  void push(Waiting next);
  void forget_taken();

  std::vector<Waiting> waiting_;
  std::size_t first_ = 0;  // those before are taken
  std::size_t begun_ = 0;  // bytes taken of the first
  std::size_t unsent_of_room_ = 0;
  std::size_t unsent_of_own_ = 0;
};

}  // namespace wsconform
