// The report as one HTML file that opens offline: no request leaves it, its Content-Security-Policy
// allows nothing but its own style and script (by hash), and it reads as a plain page without script.
//
// The list of cases, verdicts, reasons and the matrix of requirements are ordinary HTML; hex dumps are
// drawn when a case is opened. To stay quick, the page holds at most the first 60 and the last 40 wire
// entries of a case and the first 192 bytes of an entry, and says so where it leaves something out; the
// results file has the rest.
#pragma once

#include <string>

#include "reports/results.h"

namespace wsconform {

std::string to_html(const Results& results);

}  // namespace wsconform
