// See masking_property.h.
#include "fuzz/masking_property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  wsconform::end_on(wsconform::breach_of_masking({data, size}));
  return 0;
}
