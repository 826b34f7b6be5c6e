// Percent-encoding (RFC 3986 §2.1).
#pragma once

#include <string>
#include <string_view>

namespace wsconform {

// A byte as a triplet, its digits in upper case: "%2F".
inline std::string triplet_of(char byte) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto number = static_cast<unsigned char>(byte);
  return {'%', digits[number >> 4], digits[number & 0x0F]};
}

}  // namespace wsconform
