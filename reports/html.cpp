#include "reports/html.h"

#include <fmt/format.h>

#include <kainjow/mustache.hpp>
#include <string_view>

#include "core/base64.h"
#include "core/bytes.h"
#include "core/visible_text.h"
#include "reports/html/assets.h"
#include "reports/html_view.h"

namespace wsconform {
namespace {

// Content Security Policy Level 3 §2.3.1, hash-source.
std::string hash_source(std::string_view sha256) {
  return "'sha256-" + base64_encode(text_of(from_hex(sha256).value())) + "'";
}

std::string content_security_policy() {
  return fmt::format(
      "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; "
      "form-action 'none'",
      hash_source(report_assets::style_sha256), hash_source(report_assets::script_sha256));
}

std::string page_of(const Results& results, const Results* other) {
  kainjow::mustache::data view = html_view(results, other);
  view.set("policy", content_security_policy());
  view.set("style", std::string(report_assets::style));
  view.set("script", std::string(report_assets::script));
  kainjow::mustache::mustache page{std::string(report_assets::page_template)};
  return page.render(view);
}

}  // namespace

std::string to_html(const Results& results) {
  return page_of(results, nullptr);
}

std::string to_html(const Results& results, const Results& other) {
  return page_of(results, &other);
}

}  // namespace wsconform
