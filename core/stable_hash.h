// A hash that is the same for the same text in every run and on every machine (FNV-1a, 64
// bits). It keeps no secret.
#pragma once

#include <cstdint>
#include <string_view>

namespace wsconform {

inline constexpr std::uint64_t usual_hash_basis = 0xCBF29CE484222325;

// Another basis gives another hash of the same text.
constexpr std::uint64_t stable_hash(std::string_view text, std::uint64_t basis = usual_hash_basis) {
  for (const char c : text) basis = (basis ^ static_cast<std::uint8_t>(c)) * 0x100000001B3;
  return basis;
}

}  // namespace wsconform
