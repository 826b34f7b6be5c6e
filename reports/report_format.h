// Every format a report can be written in, by name and by file name.
#pragma once

#include <array>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace wsconform {

struct Results;

enum class ReportFormat { html, json, junit, tap, markdown, sarif, gitlab };
inline constexpr std::array all_report_formats{
    ReportFormat::html,     ReportFormat::json,  ReportFormat::junit, ReportFormat::tap,
    ReportFormat::markdown, ReportFormat::sarif, ReportFormat::gitlab};

// The name is the enumerator's: "html", "json" ...
std::string_view name_of(ReportFormat format);
std::optional<ReportFormat> report_format_named(std::string_view name);

// By the end of a file name, in any letter case: .html .htm .json .xml .tap .md .markdown .sarif
// .sarif.json, and code-quality-report.json, as GitLab names its own
std::optional<ReportFormat> report_format_of_path(std::string_view path);

// The whole report as the bytes of a file, UTF-8. `other`: a run that HTML lays beside it, or
// nullptr.
void write_report(const Results& results, ReportFormat format, std::ostream& out,
                  const Results* other = nullptr);
std::string write_report(const Results& results, ReportFormat format);

}  // namespace wsconform
