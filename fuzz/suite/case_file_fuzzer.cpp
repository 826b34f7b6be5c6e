// See file_property.h.
#include "core/bytes.h"
#include "fuzz/suite/file_property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  wsconform::end_on(wsconform::breach_of_case_file(wsconform::text_of({data, size})));
  return 0;
}
