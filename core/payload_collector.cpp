#include "core/payload_collector.h"

#include <algorithm>
#include <utility>

namespace wsconform {
namespace {

// A joined payload's memory up to this size serves the next one.
constexpr std::size_t worth_keeping = 64 * 1024;

}  // namespace

void PayloadCollector::add(ByteView piece, std::uint64_t still_declared) {
  const std::size_t needed = joined_.size() + piece.size();
  if (needed > joined_.capacity()) {
    const std::size_t doubled = std::max(needed, 2 * joined_.capacity());
    const std::uint64_t wanted = several_frames_ ? UINT64_MAX : still_declared;
    joined_.reserve(needed +
                    static_cast<std::size_t>(std::min<std::uint64_t>(doubled - needed, wanted)));
  }
  several_frames_ = several_frames_ || still_declared == 0;
  append(joined_, piece);
}

ByteView PayloadCollector::finish_joined() {
  several_frames_ = false;
  return finished_.emplace_back(std::exchange(joined_, {}));
}

void PayloadCollector::release_joined() {
  if (joined_.capacity() == 0 && finished_.back().capacity() <= worth_keeping) {
    joined_ = std::move(finished_.back());
    joined_.clear();
  }
  finished_.clear();
}

std::size_t PayloadCollector::held() const {
  std::size_t held = joined_.capacity();
  for (const Bytes& each : finished_) held += each.capacity();
  return held;
}

void PayloadCollector::rest() {
  std::vector<Bytes>().swap(finished_);
  if (joined_.empty()) Bytes().swap(joined_);
}

}  // namespace wsconform
