#include "core/payload_collector.h"

#include <algorithm>
#include <utility>

namespace wsconform {
namespace {

// A joined payload's memory up to this size serves the next one.
constexpr std::size_t worth_keeping = 64 * 1024;

// Room of a large block that was never written takes no memory.
std::size_t memory_of(const GrowingBytes& bytes) {
  constexpr std::size_t large = 128 * 1024;
  return bytes.capacity() < large ? bytes.capacity() : bytes.size();
}

}  // namespace

// What was finished before lives on.
void PayloadCollector::begin() {
  if (std::exchange(is_finished_, false)) finished_.push_back(std::move(joined_));
}

void PayloadCollector::add(ByteView piece, std::uint64_t still_declared) {
  begin();
  const std::size_t needed = joined_.size() + piece.size();
  if (needed > joined_.capacity()) {
    const std::size_t roomy = std::max(needed, joined_.roomier());
    const std::uint64_t wanted = several_frames_ ? UINT64_MAX : still_declared;
    joined_.reserve(needed +
                    static_cast<std::size_t>(std::min<std::uint64_t>(roomy - needed, wanted)));
  }
  several_frames_ = several_frames_ || still_declared == 0;
  joined_.append(piece);
}

std::span<std::uint8_t> PayloadCollector::room() {
  constexpr std::size_t least = 512;
  begin();
  if (joined_.size() == joined_.capacity()) joined_.reserve(std::max(least, joined_.roomier()));
  return joined_.room();
}

ByteView PayloadCollector::finish_joined() {
  several_frames_ = false;
  is_finished_ = true;
  some_live_ = true;
  return joined_.view();
}

void PayloadCollector::release_joined() {
  some_live_ = false;
  finished_.clear();
  if (!std::exchange(is_finished_, false)) return;
  joined_.clear();
  if (joined_.capacity() > worth_keeping) joined_ = GrowingBytes();
}

std::size_t PayloadCollector::held() const {
  std::size_t held = memory_of(joined_);
  for (const GrowingBytes& each : finished_) held += memory_of(each);
  return held;
}

void PayloadCollector::rest() {
  release();
  std::vector<GrowingBytes>().swap(finished_);
  if (joined_.empty()) joined_ = GrowingBytes();
}

}  // namespace wsconform
