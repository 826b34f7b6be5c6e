// How much memory is allocated: the measure of the properties about limits.
#pragma once

#include <cstddef>

namespace wsconform {

// Bytes of the heap in use, by the address sanitizer's account where it is there, else by the C
// library's. The latter counts small blocks that it keeps for reuse, at most a few hundred KiB.
std::size_t heap_in_use();

}  // namespace wsconform
