#include "core/visible_text.h"

#include <fmt/format.h>

#include <iterator>
#include <optional>

#include "core/utf8.h"

namespace wsconform {
namespace {

struct Character {
  char32_t code = 0;
  std::size_t size = 1;
};

std::uint8_t byte_at(std::string_view text, std::size_t i) {
  return static_cast<std::uint8_t>(text[i]);
}

std::size_t size_by_lead(std::uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

// RFC 3629 §4: overlong forms, surrogates and codes above U+10FFFF are no characters.
bool shortest_and_in_range(Character character) {
  if (character.size == 3) {
    return character.code >= 0x800 && (character.code < 0xD800 || character.code > 0xDFFF);
  }
  if (character.size == 4) return character.code >= 0x10000 && character.code <= 0x10FFFF;
  return true;
}

std::optional<Character> first_character(std::string_view text) {
  const std::uint8_t lead = byte_at(text, 0);
  Character character{lead, size_by_lead(lead)};
  if (character.size == 0 || character.size > text.size()) return std::nullopt;
  if (character.size == 1) return character;
  character.code = lead & (0xFFU >> (character.size + 1));
  for (std::size_t i = 1; i < character.size; ++i) {
    if (!is_utf8_tail(text[i])) return std::nullopt;
    character.code = (character.code << 6) | (byte_at(text, i) & 0x3FU);
  }
  if (!shortest_and_in_range(character)) return std::nullopt;
  return character;
}

bool is_control(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code <= 0x9F);
}

bool misleads(char32_t code) {
  const bool direction = code == 0x061C || code == 0x200E || code == 0x200F ||
                         (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
  const bool separator = code == 0x2028 || code == 0x2029;
  const bool none =
      (code >= 0xFDD0 && code <= 0xFDEF) || (code & 0xFFFE) == 0xFFFE || code == 0xFEFF;
  return direction || separator || none;
}

void append_control(std::string& out, char32_t code) {
  switch (code) {
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<std::uint32_t>(code));
  }
}

template <typename Append>
std::string rewrite(std::string_view text, Append append) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto character = first_character(text);
    if (!character) {
      append_control(out, byte_at(text, 0));
      text.remove_prefix(1);
      continue;
    }
    append(out, *character, text.substr(0, character->size));
    text.remove_prefix(character->size);
  }
  return out;
}

}  // namespace

std::string valid_utf8(std::string_view text) {
  return rewrite(text, [](std::string& out, Character, std::string_view bytes) { out += bytes; });
}

std::string visible(std::string_view text) {
  return rewrite(text, [](std::string& out, Character character, std::string_view bytes) {
    if (is_control(character.code)) {
      append_control(out, character.code);
    } else if (misleads(character.code)) {
      fmt::format_to(std::back_inserter(out), "\\u{{{:x}}}",
                     static_cast<std::uint32_t>(character.code));
    } else {
      out += bytes;
    }
  });
}

std::string in_markup(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

}  // namespace wsconform
