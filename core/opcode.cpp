#include "core/opcode.h"

#include <array>

namespace wsconform {
namespace {

constexpr std::array<std::string_view, 16> names = {
    "continuation", "text",       "binary",     "reserved-3", "reserved-4", "reserved-5",
    "reserved-6",   "reserved-7", "close",      "ping",       "pong",       "reserved-b",
    "reserved-c",   "reserved-d", "reserved-e", "reserved-f"};

}  // namespace

bool is_reserved(Opcode opcode) {
  return (static_cast<std::uint8_t>(opcode) & 0x7) > 2;
}

std::string_view name_of(Opcode opcode) {
  return names[static_cast<std::uint8_t>(opcode) & 0xF];
}

std::optional<Opcode> opcode_named(std::string_view name) {
  for (std::size_t value = 0; value < names.size(); ++value)
    if (names[value] == name) return static_cast<Opcode>(value);
  return std::nullopt;
}

}  // namespace wsconform
