// Frames of a peer that keeps no rule: see frame_stream_property.h.
#include <cstddef>
#include <cstdint>

#include "fuzz/breach.h"
#include "fuzz/frame_stream_property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  wsconform::end_on(wsconform::breach_of_frame_stream({data, size}));
  return 0;
}
