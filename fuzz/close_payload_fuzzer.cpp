// See close_payload_property.h.
#include "fuzz/close_payload_property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  wsconform::end_on(wsconform::breach_of_close_payload({data, size}));
  return 0;
}
