// See handshake_response_property.h.
#include "fuzz/handshake_response_property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  wsconform::end_on(wsconform::breach_of_handshake_response({data, size}));
  return 0;
}
