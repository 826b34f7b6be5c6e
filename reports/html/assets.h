// The files of this folder, embedded by reports/html/embed.cmake.
#pragma once

#include <string_view>

namespace wsconform::report_assets {

extern const std::string_view page_template;
extern const std::string_view style;
extern const std::string_view script;
// SHA-256 of the two above, 64 hex digits.
extern const std::string_view style_sha256;
extern const std::string_view script_sha256;

}  // namespace wsconform::report_assets
