#include "reports/html.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <kainjow/mustache.hpp>
#include <string_view>
#include <vector>

#include "reports/html/assets.h"
#include "reports/html_view.h"
#include "reports/text.h"

namespace wsconform {
namespace {

std::vector<std::uint8_t> bytes_of_hex(std::string_view hex) {
  std::vector<std::uint8_t> bytes(hex.size() / 2);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::from_chars(hex.data() + 2 * i, hex.data() + 2 * i + 2, bytes[i], 16);
  }
  return bytes;
}

// Content Security Policy Level 3 §2.3.1, hash-source.
std::string hash_source(std::string_view sha256) {
  return "'sha256-" + base64(bytes_of_hex(sha256)) + "'";
}

std::string content_security_policy() {
  return fmt::format(
      "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; "
      "form-action 'none'",
      hash_source(report_assets::style_sha256), hash_source(report_assets::script_sha256));
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
