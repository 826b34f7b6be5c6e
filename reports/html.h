// The report as one HTML file that opens offline: no request leaves it, and its
// Content-Security-Policy allows nothing but its own style and script (by hash).
//
// It opens on the causes. Everything else is packed inside (html_data.h) and made when a
// reader asks for it; without script the causes alone are told. Whatever the target sent,
// it stays below 10 MB.
#pragma once

#include <string>

namespace wsconform {

struct Results;

std::string to_html(const Results& results);
// The same beside another run, to compare with.
std::string to_html(const Results& results, const Results& other);

}  // namespace wsconform
