#include "core/phrase.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/ascii.h"
#include "core/utf8.h"
#include "core/visible_text.h"

namespace wsconform {

std::string joined(const std::vector<std::string>& parts, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += i + 1 == parts.size() ? last : ", ";
    text += parts[i];
  }
  return text;
}

std::string in_quotes(std::string_view text) {
  if (text.size() > longest_quote) {
    return fmt::format("\"{}\"... ({} bytes)", visible(beginning_of(text, longest_quote)),
                       text.size());
  }
  return fmt::format("\"{}\"", visible(text));
}

std::string quoted(ByteView bytes, std::size_t max) {
  std::string_view shown = text_of(bytes).substr(0, max);
  const bool cut = bytes.size() > max;
  const bool readable = cut ? valid_utf8_prefix(bytes_of(shown)) == max : is_utf8(bytes);
  if (readable) shown = beginning_of(text_of(bytes), max);
  std::string line = "\"";
  for (const char c : shown) {
    const auto byte = static_cast<std::uint8_t>(c);
    const bool plain = byte >= 0x20 && c != '"' && c != '\\' && c != '\x7F';
    if (plain && (byte < 0x80 || readable)) {
      line += c;
    } else {
      line += fmt::format("\\x{:02x}", byte);
    }
  }
  return line + (cut ? "\" ..." : "\"");
}

std::string duration_in_words(double milliseconds) {
  if (!std::isfinite(milliseconds)) return "unknown";
  if (milliseconds < 9.995) return fmt::format("{:.2f} ms", milliseconds);
  if (milliseconds < 999.5) return fmt::format("{:.0f} ms", milliseconds);
  if (milliseconds < 59'950) return fmt::format("{:.1f} s", milliseconds / 1000);
  const auto seconds = static_cast<std::uint64_t>(std::llround(milliseconds / 1000));
  return fmt::format("{} min {} s", seconds / 60, seconds % 60);
}

std::string mebibytes(std::uint64_t bytes) {
  constexpr double bytes_of_a_mib = 1024 * 1024;
  return fmt::format("{:.1f} MiB", static_cast<double>(bytes) / bytes_of_a_mib);
}

std::string cited(std::string_view section) {
  const std::size_t space = section.rfind(' ');
  if (space == std::string_view::npos) return fmt::format("RFC 6455 §{}", section);
  return fmt::format("{} §{}", section.substr(0, space), section.substr(space + 1));
}

std::string without_stop(std::string_view sentence) {
  if (sentence.ends_with('.')) sentence.remove_suffix(1);
  return std::string(sentence);
}

std::string clause(std::string_view sentence) {
  std::string text = without_stop(sentence);
  const bool word = text.starts_with("A ") ||
                    (text.size() > 1 && is_upper_letter(text[0]) && is_lower_letter(text[1]));
  if (word) text[0] = to_lower(text[0]);
  return text;
}

std::string shell_word(std::string_view text) {
  constexpr std::string_view plain = "_-./:@%+,";
  const bool is_plain = !text.empty() && std::ranges::all_of(text, [&](char c) {
    return is_letter_or_digit(c) || plain.contains(c);
  });
  if (is_plain) return std::string(text);
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + '\'';
}

std::string counted(std::uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace wsconform
