#include "runner/phrase.h"

#include <fmt/format.h>

#include "reports/text.h"

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

}  // namespace wsconform
