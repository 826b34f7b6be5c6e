#include "server-under-test/site/own_page.h"

#include <openssl/sha.h>

#include <array>
#include <utility>

#include "core/base64.h"

namespace wsconform {
namespace {

// As a Content-Security-Policy allows it: by its digest.
std::string source_of(std::string_view inlined) {
  if (inlined.empty()) return "'none'";
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(inlined.data()), inlined.size(), digest.data());
  const std::string_view bytes(reinterpret_cast<const char*>(digest.data()), digest.size());
  return "'sha256-" + base64_encode(bytes) + "'";
}

}  // namespace

HttpAnswer own_page(std::string html, std::string_view style, std::string_view script) {
  HttpAnswer answer = content("text/html; charset=utf-8", std::move(html));
  answer.head.add("Content-Security-Policy",
                  "default-src 'none'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
                  "frame-ancestors 'none'; style-src " +
                      source_of(style) + "; script-src " + source_of(script));
  answer.head.add("X-Content-Type-Options", "nosniff");
  answer.head.add("Cache-Control", "no-store");
  return answer;
}

}  // namespace wsconform
