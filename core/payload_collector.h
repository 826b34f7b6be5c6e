// Joins a payload that comes in pieces. One that comes in a single piece is viewed where it lies,
// never copied.
#pragma once

#include <cassert>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/bytes.h"
#include "core/growing_bytes.h"

namespace wsconform {

class PayloadCollector {
 public:
  // Copies a piece. `still_declared` is what the peer says is to follow: memory is reserved for it
  // only in proportion to the bytes that came, at most twice as many, or 64. Pieces may be those of
  // many frames: joining them takes time in proportion to their bytes.
  void add(ByteView piece, std::uint64_t still_declared);
  // The place of the next bytes, for who writes them there; never empty, and new memory once all of
  // it was filled: 512 bytes, then as much as came.
  std::span<std::uint8_t> room();
  // Adds the first bytes of it.
  void add_from_room(std::size_t count) { joined_.grow_into_room(count); }
  // The whole payload came in one piece: views it. Nothing was added before.
  void view(ByteView whole) {
    assert(size() == 0);
    view_ = whole;
  }

  // Bytes joined or viewed so far.
  std::size_t size() const { return view_.size() + (is_finished_ ? 0 : joined_.size()); }
  // Bytes of memory held for the payload under way.
  std::size_t reserved() const { return joined_.capacity(); }
  // The same with that of finished payloads.
  std::size_t held() const;
  // Ends the payload; the next add begins another one. What is joined lives until `release`.
  ByteView finish() {
    return is_finished_ || joined_.empty() ? std::exchange(view_, {}) : finish_joined();
  }
  // Drops the payload under way.
  void drop() {
    view_ = {};
    if (!is_finished_) joined_.clear();
    several_frames_ = false;
  }
  // Lets go of every finished payload.
  void release() {
    if (some_live_) release_joined();
  }
  // Lets go of finished payloads, and of all memory that no payload is under way in.
  void rest();

 private:
  void begin();
  ByteView finish_joined();
  void release_joined();

  ByteView view_;
  GrowingBytes joined_;                 // under way, or the last one finished
  std::vector<GrowingBytes> finished_;  // before it
  bool is_finished_ = false;            // what is joined
  bool some_live_ = false;              // of the finished ones
  bool several_frames_ = false;  // a frame ended, so what one declares does not bound the payload
};

}  // namespace wsconform
