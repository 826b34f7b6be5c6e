#include "fuzz/heap_in_use.h"

#include <malloc.h>

// Of the address sanitizer's runtime; null without it.
extern "C" __attribute__((weak)) std::size_t sanitizer_allocated_bytes() __asm__(
    "__sanitizer_get_current_allocated_bytes");

namespace wsconform {

std::size_t heap_in_use() {
  if (sanitizer_allocated_bytes != nullptr) return sanitizer_allocated_bytes();
  const auto now = mallinfo2();
  return now.uordblks + now.hblkhd;
}

}  // namespace wsconform
