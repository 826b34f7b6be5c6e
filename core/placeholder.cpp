#include "core/placeholder.h"

namespace wsconform {

std::string with_placeholders(std::string_view text, const ValueOfName& value_of) {
  std::string result;
  for (auto close = text.find('}'); close != text.npos; close = text.find('}')) {
    const std::string_view before = text.substr(0, close);
    const auto open = before.rfind('{');
    const auto value = open == text.npos ? std::nullopt : value_of(before.substr(open + 1));
    result += value ? text.substr(0, open) : text.substr(0, close + 1);
    result += value.value_or("");
    text.remove_prefix(close + 1);
  }
  return result.append(text);
}

std::string with_placeholder(std::string_view text, std::string_view name, std::string_view value) {
  return with_placeholders(text, [&](std::string_view each) {
    return each == name ? std::optional<std::string>(value) : std::nullopt;
  });
}

std::string with_port(std::string_view text, std::uint16_t port) {
  return with_placeholder(text, "port", std::to_string(port));
}

}  // namespace wsconform
