#include "core/base64.h"

#include <openssl/evp.h>

#include <algorithm>

#include "core/ascii.h"
#include "core/bytes.h"

namespace wsconform {
namespace {

bool is_base64_digit(char c) {
  return is_letter_or_digit(c) || c == '+' || c == '/';
}

// "", "=" or "==" at the end of the text.
std::size_t padding_of(std::string_view text) {
  if (text.ends_with("==")) return 2;
  return text.ends_with('=') ? 1 : 0;
}

}  // namespace

std::string base64_encode(std::string_view bytes) {
  const ByteView in = bytes_of(bytes);
  // EVP_EncodeBlock writes a NUL after the last digit: std::string has room for it.
  std::string out((in.size() + 2) / 3 * 4, '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), in.data(),
                  static_cast<int>(in.size()));
  return out;
}

std::optional<std::string> base64_decode(std::string_view text) {
  const std::size_t padding = padding_of(text);
  if (text.size() % 4 != 0) return std::nullopt;
  if (!std::ranges::all_of(text.substr(0, text.size() - padding), is_base64_digit))
    return std::nullopt;
  std::string out(text.size() / 4 * 3, '\0');
  EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes_of(text).data(),
                  static_cast<int>(text.size()));
  out.resize(out.size() - padding);
  return out;
}

}  // namespace wsconform
