// See http_head_property.h.
#include "fuzz/http_head_property.h"
#include "fuzz/text_mutator.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  wsconform::end_on(wsconform::breach_of_http_head({data, size}));
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned seed) {
  return wsconform::mutate_text(data, size, max_size, seed, 2, wsconform::body_form);
}
