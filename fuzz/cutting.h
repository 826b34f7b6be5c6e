// Choices, above all the cuts of a stream, made by a fuzzer's input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/bytes.h"

namespace wsconform {

// Pieces of `stream`, in order, none of them empty. Choice 0 is the whole stream, 1 is byte by
// byte; else each piece takes 1 to `choice` bytes, as the byte says that it begins with. After so
// many pieces they are twice as long, and so on: what a long stream costs lies in its first bytes,
// and many short ones are tried instead.
inline constexpr std::size_t pieces_between_doublings = 32;
std::vector<ByteView> cut(ByteView stream, std::uint8_t choice);

// The same pieces, one after the other, each in memory of its own that is gone when the next is
// asked for: reading beside a piece, or later, is caught by the address sanitizer, and gives other
// bytes without it. Costs no memory for each.
class LonePieces {
 public:
  LonePieces(ByteView stream, std::uint8_t choice);
  LonePieces(const LonePieces&) = delete;
  LonePieces& operator=(const LonePieces&) = delete;
  ~LonePieces();

  // Empty once all were given.
  std::span<std::uint8_t> next();
  // What is left comes as one piece.
  void join_rest() { choice_ = 0; }

 private:
  struct Places {
    std::unique_ptr<std::uint8_t[]> bytes;
    std::size_t size = 0;
  };

  ByteView rest_;
  std::uint8_t choice_ = 0;
  std::size_t place_size_ = 0;
  Places places_;           // two, used in turn
  std::size_t number_ = 0;  // of pieces given
  std::span<std::uint8_t> given_{};
  static thread_local Places given_back_;
};

// The first byte of an input, taken from it; 0 where nothing is left.
std::uint8_t take_choice(ByteView& input);

}  // namespace wsconform
