#include "fuzz/cutting.h"

#include <algorithm>

namespace wsconform {

std::vector<ByteView> cut(ByteView stream, std::uint8_t choice) {
  std::vector<ByteView> pieces;
  while (!stream.empty()) {
    const std::size_t size = choice == 0 ? stream.size() : 1 + (stream.front() ^ choice) % choice;
    pieces.push_back(stream.first(std::min(size, stream.size())));
    stream = stream.subspan(pieces.back().size());
  }
  return pieces;
}

std::uint8_t take_choice(ByteView& input) {
  if (input.empty()) return 0;
  const std::uint8_t choice = input.front();
  input = input.subspan(1);
  return choice;
}

}  // namespace wsconform
