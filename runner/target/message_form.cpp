#include "runner/target/message_form.h"

#include <fmt/format.h>

namespace wsconform {
namespace {

constexpr std::string_view as_it_is = "{payload}";
constexpr std::string_view as_json = "{payload-as-json}";

// A byte inside a JSON string (RFC 8259 §7).
void append_escaped(std::uint8_t byte, Bytes& to) {
  if (byte == '"' || byte == '\\') {
    to.push_back('\\');
    to.push_back(byte);
  } else if (byte < 0x20) {
    append(to, std::string_view(fmt::format("\\u{:04x}", byte)));
  } else {
    to.push_back(byte);
  }
}

}  // namespace

std::optional<MessageForm> MessageForm::parse(std::string_view text) {
  const std::size_t plain = text.find(as_it_is);
  const std::size_t quoted = text.find(as_json);
  if ((plain == text.npos) == (quoted == text.npos)) return std::nullopt;
  MessageForm form;
  form.json_ = quoted != text.npos;
  const std::string_view placeholder = form.json_ ? as_json : as_it_is;
  const std::size_t at = form.json_ ? quoted : plain;
  const std::string_view rest = text.substr(at + placeholder.size());
  if (rest.find(placeholder) != rest.npos) return std::nullopt;
  form.before_ = std::string(text.substr(0, at)) + (form.json_ ? "\"" : "");
  form.behind_ = (form.json_ ? "\"" : "") + std::string(rest);
  return form;
}

Bytes MessageForm::filled(ByteView payload, bool first, bool last) const {
  Bytes message;
  if (first) append(message, std::string_view(before_));
  if (json_) {
    for (const std::uint8_t byte : payload) append_escaped(byte, message);
  } else {
    append(message, payload);
  }
  if (last) append(message, std::string_view(behind_));
  return message;
}

}  // namespace wsconform
