#include "reports/html.h"

#include <fmt/format.h>

#include <cstdint>
#include <kainjow/mustache.hpp>
#include <string_view>

#include "reports/html/assets.h"
#include "reports/html_view.h"

namespace wsconform {
namespace {

std::uint32_t digit_of(char hex) {
  return static_cast<std::uint32_t>(hex <= '9' ? hex - '0' : hex - 'a' + 10);
}

// RFC 4648 §4 from the hex digits that CMake gives: three digits are two characters.
std::string base64_of_hex(std::string_view hex) {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0;
  std::uint32_t count = 0;
  for (const char digit : hex) {
    bits = (bits << 4 | digit_of(digit)) & 0xFFF;
    count += 4;
    if (count < 6) continue;
    count -= 6;
    out += alphabet[bits >> count & 0x3F];
  }
  if (count > 0) out += alphabet[bits << (6 - count) & 0x3F];
  while (out.size() % 4 != 0) out += '=';
  return out;
}

std::string content_security_policy() {
  return fmt::format(
      "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; "
      "form-action 'none'",
      base64_of_hex(report_assets::style_sha256), base64_of_hex(report_assets::script_sha256));
}

}  // namespace

std::string to_html(const Results& results) {
  kainjow::mustache::data view = html_view(results);
  view.set("policy", content_security_policy());
  view.set("style", std::string(report_assets::style));
  view.set("script", std::string(report_assets::script));
  kainjow::mustache::mustache page{std::string(report_assets::page_template)};
  return page.render(view);
}

}  // namespace wsconform
