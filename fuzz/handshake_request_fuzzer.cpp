// Opening handshakes of a client that keeps no rule: see handshake_request_property.h.
#include <cstddef>
#include <cstdint>

#include "fuzz/breach.h"
#include "fuzz/handshake_request_property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  wsconform::end_on(wsconform::breach_of_handshake_request({data, size}));
  return 0;
}
