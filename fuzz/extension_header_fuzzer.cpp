// See extension_header_property.h.
#include "core/bytes.h"
#include "fuzz/extension_header_property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  wsconform::end_on(wsconform::breach_of_extension_header(wsconform::text_of({data, size})));
  return 0;
}
