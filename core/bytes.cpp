#include "core/bytes.h"

namespace wsconform {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

std::optional<std::uint8_t> value_of_digit(char digit) {
  if (digit >= '0' && digit <= '9') return static_cast<std::uint8_t>(digit - '0');
  if (digit >= 'a' && digit <= 'f') return static_cast<std::uint8_t>(digit - 'a' + 10);
  if (digit >= 'A' && digit <= 'F') return static_cast<std::uint8_t>(digit - 'A' + 10);
  return std::nullopt;
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

ByteView bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string_view text_of(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Bytes to_bytes(std::string_view text) {
  const ByteView bytes = bytes_of(text);
  return {bytes.begin(), bytes.end()};
}

void append(Bytes& to, ByteView from) {
  const std::uint8_t* const end = from.data() + from.size();
  if (to.empty()) return to.assign(from.data(), end);  // the usual case, and the quicker one
  to.insert(to.end(), from.data(), end);
}

void append(Bytes& to, std::string_view from) {
  append(to, bytes_of(from));
}

std::string to_hex(ByteView bytes) {
  std::string digits;
  digits.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    digits += hex_digits[byte >> 4];
    digits += hex_digits[byte & 0xF];
  }
  return digits;
}

std::optional<Bytes> from_hex(std::string_view digits) {
  Bytes bytes;
  for (std::size_t i = 0; i < digits.size();) {
    if (is_space(digits[i])) {
      ++i;
      continue;
    }
    if (i + 1 == digits.size()) return std::nullopt;
    const auto high = value_of_digit(digits[i]);
    const auto low = value_of_digit(digits[i + 1]);
    if (!high || !low) return std::nullopt;
    bytes.push_back(static_cast<std::uint8_t>(*high << 4 | *low));
    i += 2;
  }
  return bytes;
}

}  // namespace wsconform
