// What holds for every report, whatever a hostile target sent: its bytes stay where a string
// belongs. The property of the target report_text.
#pragma once

#include <string>
#include <string_view>

#include "fuzz/breach.h"
#include "reports/report_format.h"
#include "reports/results/results.h"

namespace wsconform {

// Results in which every string that comes from a target is this one: what it sent, and what was
// made of it. `choice` is the verdict of the case and whether it counts.
Results results_with(std::string_view hostile, std::uint8_t choice);

// What a reader of the format acts upon, without the strings: tags and attributes of HTML and XML,
// members and types of JSON, the structure of each line of TAP and Markdown.
std::string skeleton_of(std::string_view report, ReportFormat format);
// Where a control character but the line feed, or a byte that is no UTF-8, stands in a report.
Breach breach_of_characters(std::string_view report);

// An input: the byte above, the string. Each report has the skeleton that it has with a harmless
// string in its place; so do the lines that a run writes to a terminal.
Breach breach_of_report_text(std::string_view input);

}  // namespace wsconform
