// Opcodes (RFC 6455 §5.2, §11.8). Every value of the four bits is an Opcode, reserved ones too.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace wsconform {

enum class Opcode : std::uint8_t {
  continuation = 0x0,
  text = 0x1,
  binary = 0x2,
  reserved_3 = 0x3,
  reserved_4 = 0x4,
  reserved_5 = 0x5,
  reserved_6 = 0x6,
  reserved_7 = 0x7,
  close = 0x8,
  ping = 0x9,
  pong = 0xA,
  reserved_b = 0xB,
  reserved_c = 0xC,
  reserved_d = 0xD,
  reserved_e = 0xE,
  reserved_f = 0xF,
};

// Control opcodes have their highest bit set, reserved ones included (§5.5).
constexpr bool is_control(Opcode opcode) {
  return (static_cast<std::uint8_t>(opcode) & 0x8) != 0;
}
// Reserved for further control or non-control frames (§5.2).
bool is_reserved(Opcode opcode);
// "text", "ping", "reserved-3" ...
std::string_view name_of(Opcode opcode);
// The inverse of name_of; nullopt for any other text.
std::optional<Opcode> opcode_named(std::string_view name);

}  // namespace wsconform
