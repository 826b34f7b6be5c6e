#include "core/extension.h"

#include <set>
#include <utility>

#include "core/http_head.h"

namespace wsconform {
namespace {

// Reads words and separators, skipping the white space before each.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  bool at_end() {
    skip_blanks();
    return position_ == text_.size();
  }

  bool take(char separator) {
    if (at_end() || text_[position_] != separator) return false;
    ++position_;
    return true;
  }

  // Empty where no token stands.
  std::string_view token() {
    skip_blanks();
    const std::size_t begin = position_;
    while (position_ < text_.size() && is_token_character(text_[position_])) ++position_;
    return text_.substr(begin, position_ - begin);
  }

  // What follows an opening quote, unescaped, up to the closing one; nullopt where there is none.
  std::optional<std::string> quoted_rest() {
    std::string content;
    for (; position_ < text_.size(); ++position_) {
      if (text_[position_] == '"') {
        ++position_;
        return content;
      }
      if (text_[position_] == '\\') ++position_;
      if (position_ == text_.size()) break;
      content += text_[position_];
    }
    return std::nullopt;
  }

  std::unexpected<GrammarError> error(std::string_view says) const {
    return std::unexpected(GrammarError{position_, says});
  }

 private:
  void skip_blanks() {
    while (position_ < text_.size() && (text_[position_] == ' ' || text_[position_] == '\t'))
      ++position_;
  }

  std::string_view text_;
  std::size_t position_ = 0;
};

std::expected<std::string, GrammarError> parse_value(Cursor& cursor) {
  if (cursor.take('"')) {
    auto content = cursor.quoted_rest();
    if (!content) return cursor.error("a quoted value has no closing quote");
    if (!is_token(*content)) return cursor.error("a quoted value is not a token");
    return std::move(*content);
  }
  const std::string_view value = cursor.token();
  if (value.empty()) return cursor.error("a parameter has an equals sign and no value");
  return std::string(value);
}

std::expected<ExtensionParameter, GrammarError> parse_parameter(Cursor& cursor) {
  ExtensionParameter parameter{std::string(cursor.token()), std::nullopt};
  if (parameter.name.empty())
    return cursor.error("a semicolon is not followed by a parameter name");
  if (!cursor.take('=')) return parameter;
  auto value = parse_value(cursor);
  if (!value) return std::unexpected(value.error());
  parameter.value = std::move(*value);
  return parameter;
}

std::expected<Extension, GrammarError> parse_extension(Cursor& cursor) {
  Extension extension{std::string(cursor.token()), {}};
  if (extension.name.empty()) return cursor.error("an extension name is not a token");
  while (cursor.take(';')) {
    auto parameter = parse_parameter(cursor);
    if (!parameter) return std::unexpected(parameter.error());
    extension.parameters.push_back(std::move(*parameter));
  }
  return extension;
}

// 1#element, walked and not split at its commas, for quoted strings may hold some. Calls
// `take_element` at the start of each element until the value ends.
template <typename TakeElement>
std::optional<GrammarError> parse_list(std::string_view value, TakeElement take_element) {
  Cursor cursor(value);
  bool any = false;
  while (true) {
    while (cursor.take(',')) {
    }
    if (cursor.at_end()) break;
    if (std::optional<GrammarError> error = take_element(cursor)) return error;
    any = true;
    if (!cursor.at_end() && !cursor.take(',')) {
      return cursor.error("a list element is not followed by a comma").error();
    }
  }
  if (!any) return cursor.error("the list has no element").error();
  return std::nullopt;
}

}  // namespace

std::expected<std::vector<Extension>, GrammarError> parse_extensions(std::string_view value) {
  std::vector<Extension> extensions;
  const auto error = parse_list(value, [&](Cursor& cursor) -> std::optional<GrammarError> {
    auto extension = parse_extension(cursor);
    if (!extension) return extension.error();
    extensions.push_back(std::move(*extension));
    return std::nullopt;
  });
  if (error) return std::unexpected(*error);
  return extensions;
}

std::expected<std::vector<std::string>, GrammarError> parse_subprotocols(std::string_view value) {
  std::vector<std::string> subprotocols;
  std::set<std::string_view> seen;
  const auto error = parse_list(value, [&](Cursor& cursor) -> std::optional<GrammarError> {
    const std::string_view token = cursor.token();
    if (token.empty()) return cursor.error("a subprotocol is not a token").error();
    if (!seen.insert(token).second) return cursor.error("a subprotocol is named twice").error();
    subprotocols.emplace_back(token);
    return std::nullopt;
  });
  if (error) return std::unexpected(*error);
  return subprotocols;
}

std::string write_extension(const Extension& extension) {
  std::string text = extension.name;
  for (const ExtensionParameter& parameter : extension.parameters) {
    text.append("; ").append(parameter.name);
    if (parameter.value) text.append("=").append(*parameter.value);
  }
  return text;
}

}  // namespace wsconform
