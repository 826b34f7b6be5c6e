// Octets as the wire has them, and the few conversions every room needs.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wsconform {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

// A view of the same memory under the other type; lives as long as its argument.
ByteView bytes_of(std::string_view text);
std::string_view text_of(ByteView bytes);

Bytes to_bytes(std::string_view text);
void append(Bytes& to, ByteView from);
void append(Bytes& to, std::string_view from);

// Lower-case hex digits without separators.
std::string to_hex(ByteView bytes);
// Reads pairs of hex digits in either case; white space between pairs is skipped. nullopt: not hex.
std::optional<Bytes> from_hex(std::string_view digits);

}  // namespace wsconform
