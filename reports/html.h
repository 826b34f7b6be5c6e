// The report as one HTML file that opens offline: no request leaves it, its Content-Security-Policy
// allows nothing but its own style and script (by hash), and it reads as a plain page without
// script.
//
// The list of cases, verdicts, reasons and the matrix of requirements are ordinary HTML; the wire
// log of a case is drawn when it is opened. To stay quick the page holds long logs and long
// payloads in part (html_wire.h) and says so; the results file has the rest.
#pragma once

#include <string>

namespace wsconform {

struct Results;

std::string to_html(const Results& results);

}  // namespace wsconform
