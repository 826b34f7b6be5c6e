#include "server-under-test/chat/delivery_queue.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace wsconform {

void DeliveryQueue::push(SharedBytes frame) {
  push(Waiting{std::move(frame), false});
}

void DeliveryQueue::push_own(Bytes bytes) {
  push(Waiting{std::make_shared<const Bytes>(std::move(bytes)), true});
}

void DeliveryQueue::push(Waiting next) {
  if (next.bytes->empty()) return;
  unsent_of(next) += next.bytes->size();
  waiting_.push_back(std::move(next));
}

ByteView DeliveryQueue::front() const {
  return empty() ? ByteView() : ByteView(*waiting_[first_].bytes).subspan(begun_);
}

std::size_t DeliveryQueue::copy_front(std::span<std::uint8_t> to) const {
  const std::size_t room = to.size();
  ByteView from = front();
  for (std::size_t at = first_; !from.empty() && !to.empty();) {
    const std::size_t count = std::min(from.size(), to.size());
    std::copy_n(from.begin(), count, to.begin());
    to = to.subspan(count);
    from = ++at < waiting_.size() ? ByteView(*waiting_[at].bytes) : ByteView();
  }
  return room - to.size();
}

void DeliveryQueue::take(std::size_t count) {
  while (count > 0) {
    assert(!empty());
    Waiting& front = waiting_[first_];
    const std::size_t part = std::min(count, front.bytes->size() - begun_);
    unsent_of(front) -= part;
    begun_ += part;
    count -= part;
    if (begun_ < front.bytes->size()) break;
    front.bytes.reset();
    begun_ = 0;
    ++first_;
  }
  forget_taken();
}

void DeliveryQueue::forget_taken() {
  if (empty()) {
    std::vector<Waiting>().swap(waiting_);
    first_ = 0;
  } else if (first_ > waiting_.size() / 2) {
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
}

void DeliveryQueue::drop_unbegun() {
  const std::size_t kept = first_ + (begun_ > 0 ? 1 : 0);
  for (std::size_t at = kept; at < waiting_.size(); ++at)
    unsent_of(waiting_[at]) -= waiting_[at].bytes->size();
  waiting_.resize(kept);
  forget_taken();
}

}  // namespace wsconform
