// See utf8_property.h.
#include "fuzz/utf8_property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  wsconform::end_on(wsconform::breach_of_utf8({data, size}));
  return 0;
}
