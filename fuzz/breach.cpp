#include "fuzz/breach.h"

#include <cstdio>
#include <cstdlib>

namespace wsconform {

void end_on(const Breach& breach) {
  if (!breach) return;
  std::fprintf(stderr, "The property does not hold: %s\n", breach->c_str());
  std::abort();
}

Breach breach_of_memory(std::size_t held, std::size_t came) {
  constexpr std::size_t always = 256 * 1024;
  // A frame of two bytes becomes an event, and the event a line of what was told.
  constexpr std::size_t for_each_byte = 128;
  if (held <= always + for_each_byte * came) return std::nullopt;
  return std::to_string(held) + " bytes of memory were held for " + std::to_string(came) +
         " bytes of input";
}

}  // namespace wsconform
