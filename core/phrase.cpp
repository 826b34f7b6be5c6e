#include "core/phrase.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>

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
    std::size_t size = longest_quote;  // or less: between two characters
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
    return fmt::format("\"{}\"... ({} bytes)", visible(text.substr(0, size)), text.size());
  }
  return fmt::format("\"{}\"", visible(text));
}

std::string duration_in_words(double milliseconds) {
  if (!std::isfinite(milliseconds)) return "unknown";
  if (milliseconds < 9.995) return fmt::format("{:.2f} ms", milliseconds);
  if (milliseconds < 999.5) return fmt::format("{:.0f} ms", milliseconds);
  if (milliseconds < 59'950) return fmt::format("{:.1f} s", milliseconds / 1000);
  const auto seconds = static_cast<std::uint64_t>(std::llround(milliseconds / 1000));
  return fmt::format("{} min {} s", seconds / 60, seconds % 60);
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace wsconform
