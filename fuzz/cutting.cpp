#include "fuzz/cutting.h"

#include <algorithm>
#include <cstring>
#include <utility>

#ifdef __SANITIZE_ADDRESS__
#define WSCONFORM_POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WSCONFORM_POISONS 1
#endif
#endif
#ifdef WSCONFORM_POISONS
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(begin, size) ((void)(begin), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(begin, size) ((void)(begin), (void)(size))
#endif

namespace wsconform {
namespace {

// The sanitizer tells bytes apart in groups of so many.
constexpr std::size_t group = 8;

// `before`: pieces that were taken.
ByteView take_piece(ByteView& stream, std::uint8_t choice, std::size_t before) {
  constexpr std::size_t doubles_at_most = 12;
  const std::size_t grown = std::min(before / pieces_between_doublings, doubles_at_most);
  const std::size_t chosen =
      choice == 0 ? stream.size() : std::size_t{1} + (stream.front() ^ choice) % choice;
  const ByteView piece = stream.first(std::min(chosen << grown, stream.size()));
  stream = stream.subspan(piece.size());
  return piece;
}

}  // namespace

std::vector<ByteView> cut(ByteView stream, std::uint8_t choice) {
  std::vector<ByteView> pieces;
  while (!stream.empty()) pieces.push_back(take_piece(stream, choice, pieces.size()));
  return pieces;
}

// What one stream's pieces lay in serves those of the next: asking the heap for it would be a good
// part of what a short stream costs.
thread_local LonePieces::Places LonePieces::given_back_;

// Behind each place stands a group that is never readable.
LonePieces::LonePieces(ByteView stream, std::uint8_t choice)
    : rest_(stream),
      choice_(choice),
      place_size_((stream.size() / group + 2) * group),
      places_(std::exchange(given_back_, {})) {
  if (places_.size < 2 * place_size_) {
    places_.bytes = std::make_unique_for_overwrite<std::uint8_t[]>(2 * place_size_);
    places_.size = 2 * place_size_;
  }
  ASAN_POISON_MEMORY_REGION(places_.bytes.get(), places_.size);
}

LonePieces::~LonePieces() {
  ASAN_POISON_MEMORY_REGION(places_.bytes.get(), places_.size);
  given_back_ = std::move(places_);
}

std::span<std::uint8_t> LonePieces::next() {
  constexpr int gone = 0xDB;
  if (!given_.empty()) {
    std::memset(given_.data(), gone, given_.size());
    ASAN_POISON_MEMORY_REGION(given_.data(), given_.size());
    given_ = {};
  }
  if (rest_.empty()) return given_;
  const ByteView piece = take_piece(rest_, choice_, number_);
  given_ = {places_.bytes.get() + number_++ % 2 * place_size_, piece.size()};
  ASAN_UNPOISON_MEMORY_REGION(given_.data(), given_.size());
  std::memcpy(given_.data(), piece.data(), piece.size());
  return given_;
}

std::uint8_t take_choice(ByteView& input) {
  if (input.empty()) return 0;
  const std::uint8_t choice = input.front();
  input = input.subspan(1);
  return choice;
}

}  // namespace wsconform
