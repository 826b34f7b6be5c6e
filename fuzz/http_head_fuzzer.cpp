// See http_head_property.h.
#include "fuzz/http_head_property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  wsconform::end_on(wsconform::breach_of_http_head({data, size}));
  return 0;
}
