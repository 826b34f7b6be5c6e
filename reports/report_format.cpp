#include "reports/report_format.h"

#include <algorithm>
#include <cassert>
#include <ostream>
#include <sstream>
#include <utility>

#include "core/ascii.h"
#include "reports/gitlab.h"
#include "reports/html.h"
#include "reports/junit.h"
#include "reports/markdown.h"
#include "reports/results/results_json.h"
#include "reports/sarif.h"
#include "reports/tap.h"

namespace wsconform {
namespace {

struct Writer {
  ReportFormat format = ReportFormat::json;
  std::string_view name;
  void (*write)(const Results&, std::ostream&) = write_json;
};

template <std::string (*text_of)(const Results&)>
void write_text(const Results& results, std::ostream& out) {
  out << text_of(results);
}

constexpr std::array<Writer, all_report_formats.size()> writers{{
    {ReportFormat::html, "html", write_text<to_html>},
    {ReportFormat::json, "json", write_json},
    {ReportFormat::junit, "junit", write_text<to_junit>},
    {ReportFormat::tap, "tap", write_text<to_tap>},
    {ReportFormat::markdown, "markdown", write_text<to_markdown>},
    {ReportFormat::sarif, "sarif", write_text<to_sarif>},
    {ReportFormat::gitlab, "gitlab", write_text<to_gitlab>},
}};

// The longer ending comes before the one it ends in.
constexpr std::pair<std::string_view, ReportFormat> endings[] = {
    {"code-quality-report.json", ReportFormat::gitlab},
    {".sarif.json", ReportFormat::sarif},
    {".sarif", ReportFormat::sarif},
    {".json", ReportFormat::json},
    {".html", ReportFormat::html},
    {".htm", ReportFormat::html},
    {".xml", ReportFormat::junit},
    {".tap", ReportFormat::tap},
    {".md", ReportFormat::markdown},
    {".markdown", ReportFormat::markdown},
};

const Writer& writer_of(ReportFormat format) {
  const auto writer = std::ranges::find(writers, format, &Writer::format);
  assert(writer != writers.end());
  return *writer;
}

}  // namespace

std::string_view name_of(ReportFormat format) {
  return writer_of(format).name;
}

std::optional<ReportFormat> report_format_named(std::string_view name) {
  const auto writer = std::ranges::find(writers, name, &Writer::name);
  if (writer == writers.end()) return std::nullopt;
  return writer->format;
}

std::optional<ReportFormat> report_format_of_path(std::string_view path) {
  const std::string lower = in_lower_case(path);
  for (const auto& [ending, format] : endings) {
    if (lower.ends_with(ending)) return format;
  }
  return std::nullopt;
}

void write_report(const Results& results, ReportFormat format, std::ostream& out,
                  const Results* other) {
  assert(other == nullptr || format == ReportFormat::html);
  if (other != nullptr) {
    out << to_html(results, *other);
    return;
  }
  writer_of(format).write(results, out);
}

std::string write_report(const Results& results, ReportFormat format) {
  std::ostringstream text;
  write_report(results, format, text);
  return std::move(text).str();
}

}  // namespace wsconform
