// See inflate_property.h.
#include "fuzz/inflate_property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  wsconform::end_on(wsconform::breach_of_inflate({data, size}));
  return 0;
}
