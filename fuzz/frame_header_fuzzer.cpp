// See frame_header_property.h.
#include "fuzz/frame_header_property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  wsconform::end_on(wsconform::breach_of_frame_header({data, size}));
  return 0;
}
