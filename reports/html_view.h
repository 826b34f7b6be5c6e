// What the template of the HTML report is filled with (reports/html/report.mustache): every string
// made visible, every number in words. The template escapes; nothing here does.
#pragma once

#include <kainjow/mustache.hpp>

namespace wsconform {

struct Results;

kainjow::mustache::data html_view(const Results& results, const Results* other);

}  // namespace wsconform
