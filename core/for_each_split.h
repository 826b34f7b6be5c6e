// Every way that matters to cut a stream: what each stream parser's tests go through.
#pragma once

#include <cstddef>
#include <vector>

#include "core/bytes.h"

namespace wsconform {

// Calls `visit(pieces)` with the stream whole, cut in two at each place, and byte by byte. The
// pieces view `stream`; none is empty unless the stream is.
template <typename Visit>
void for_each_split(ByteView stream, Visit&& visit) {
  visit(std::vector<ByteView>{stream});
  for (std::size_t cut = 1; cut < stream.size(); ++cut)
    visit(std::vector<ByteView>{stream.first(cut), stream.subspan(cut)});
  std::vector<ByteView> bytes;
  for (std::size_t i = 0; i < stream.size(); ++i) bytes.push_back(stream.subspan(i, 1));
  if (bytes.size() > 2) visit(bytes);
}

}  // namespace wsconform
