// See report_text_property.h.
#include "core/bytes.h"
#include "fuzz/suite/report_text_property.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  wsconform::end_on(wsconform::breach_of_report_text(wsconform::text_of({data, size})));
  return 0;
}
