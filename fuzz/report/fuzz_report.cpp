#include "fuzz/report/fuzz_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "core/visible_text.h"
#include "fuzz/report/plot.h"
#include "reports/html/assets.h"

namespace wsconform {
namespace {

using Json = nlohmann::ordered_json;

// Several lines, each of which nothing acts upon.
std::string safe_lines(std::string_view text) {
  std::string safe;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    safe += in_markup(visible(text.substr(0, end))) + '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return safe;
}

std::string safe(std::string_view text) {
  return in_markup(visible(text));
}

Json written(const FuzzSeries& series) {
  Json points = Json::array();
  for (const FuzzPoint& each : series.points)
    points.push_back({each.seconds, each.executions, each.coverage, each.findings});
  return {{"name", valid_utf8(series.name)},
          {"executions", series.executions},
          {"seconds", series.seconds},
          {"points", points}};
}

Json written(const FuzzFound& found) {
  return {{"name", valid_utf8(found.name)}, {"target", valid_utf8(found.target)},
          {"says", valid_utf8(found.says)}, {"state", name_of(found.state)},
          {"file", valid_utf8(found.file)}, {"command", valid_utf8(found.command)},
          {"seconds", found.seconds},       {"bytes", valid_utf8(found.bytes)},
          {"log", valid_utf8(found.log)}};
}

std::string table(const std::vector<std::string>& head,
                  const std::vector<std::vector<std::string>>& rows) {
  std::string html = "<div class=\"scroll\"><table><thead><tr>";
  for (const std::string& each : head) html += "<th scope=\"col\">" + safe(each) + "</th>";
  html += "</tr></thead><tbody>\n";
  for (const auto& row : rows) {
    html += "<tr>";
    for (const std::string& cell : row) html += "<td>" + safe(cell) + "</td>";
    html += "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

std::string told(const FuzzFound& found) {
  std::string html = fmt::format(
      "<details><summary><strong class=\"{}\">{}</strong> <code>{}</code> {}</summary>\n"
      "<p>{}</p>\n<p>Found in {} after {:.1f} s. Again: <code>{}</code></p>\n",
      found.state == FindingState::fixed ? "pass" : "fail", name_of(found.state), safe(found.name),
      "", safe(found.says), safe(found.target), found.seconds, safe(found.command));
  if (!found.bytes.empty()) html += "<pre>" + safe_lines(found.bytes) + "</pre>\n";
  if (!found.log.empty()) html += "<pre>" + safe_lines(found.log) + "</pre>\n";
  return html + "</details>\n";
}

std::string series_table(const FuzzReport& report) {
  std::vector<std::vector<std::string>> rows;
  for (const FuzzSeries& each : report.series) {
    const std::uint64_t coverage = each.points.empty() ? 0 : each.points.back().coverage;
    rows.push_back({each.name, std::to_string(each.executions), fmt::format("{:.1f}", each.seconds),
                    fmt::format("{:.0f}", static_cast<double>(each.executions) /
                                              std::max(0.001, each.seconds)),
                    std::to_string(coverage)});
  }
  return table({"target", report.executions, "seconds", "a second", report.coverage}, rows);
}

std::vector<PlotLine> lines_of(const std::vector<FuzzSeries>& series,
                               std::uint64_t FuzzPoint::* value) {
  std::vector<PlotLine> lines;
  for (const FuzzSeries& each : series) {
    PlotLine line{series.size() > 1 ? each.name : "", {}};
    for (const FuzzPoint& point : each.points)
      line.points.push_back({point.seconds, static_cast<double>(point.*value)});
    lines.push_back(std::move(line));
  }
  return lines;
}

// What was executed between two points was executed evenly.
void spread(const FuzzPoint& from, const FuzzPoint& to, double width, std::vector<double>& counts) {
  const double time = std::max(to.seconds - from.seconds, 1e-9);
  const auto more = static_cast<double>(to.executions - std::min(from.executions, to.executions));
  for (std::size_t n = 0; n < counts.size(); ++n) {
    const double begin = std::max(from.seconds, static_cast<double>(n) * width);
    const double end = std::min(to.seconds, static_cast<double>(n + 1) * width);
    if (end > begin) counts[n] += more * (end - begin) / time;
  }
}

// Executions a second of all together, in so many stretches of the whole time.
PlotLine rate_of(const std::vector<FuzzSeries>& series) {
  constexpr std::size_t stretches = 60;
  double last = 0;
  for (const FuzzSeries& each : series)
    if (!each.points.empty()) last = std::max(last, each.points.back().seconds);
  PlotLine line;
  if (last <= 0) return line;
  const double width = last / stretches;
  std::vector<double> counts(stretches);
  for (const FuzzSeries& each : series)
    for (std::size_t n = 1; n < each.points.size(); ++n)
      spread(each.points[n - 1], each.points[n], width, counts);
  line.points.push_back({0, counts.front() / width});
  for (std::size_t n = 0; n < stretches; ++n)
    line.points.push_back({static_cast<double>(n + 1) * width, counts[n] / width});
  return line;
}

std::string plots(const FuzzReport& report) {
  return plot(report.executions, lines_of(report.series, &FuzzPoint::executions)) +
         plot(report.executions + " a second, all together", {rate_of(report.series)}) +
         plot(report.coverage, lines_of(report.series, &FuzzPoint::coverage));
}

constexpr std::string_view own_style =
    "table{border-collapse:collapse}td,th{padding:.2rem .7rem;text-align:right}"
    "td:first-child,th:first-child{text-align:left}.scroll{overflow-x:auto}"
    "pre{overflow-x:auto;padding:.7rem;background:var(--sunken)}"
    "svg{max-width:100%;height:auto;margin:1rem 0}h2{margin:2rem 0 .7rem}details{margin:.5rem 0}"
    "strong.pass,strong.fail{color:var(--own)}";

}  // namespace

std::string_view name_of(FindingState state) {
  constexpr std::array<std::string_view, 4> names = {"OPEN", "FIXED", "STILL FAILING",
                                                     "NOT PLAYED"};
  return names[static_cast<std::size_t>(state)];
}

std::string to_json(const FuzzReport& report) {
  Json series = Json::array();
  for (const FuzzSeries& each : report.series) series.push_back(written(each));
  Json found = Json::array();
  for (const FuzzFound& each : report.found) found.push_back(written(each));
  const Json all = {{"title", valid_utf8(report.title)},
                    {"started", report.started},
                    {"counts", report.executions},
                    {"covers", report.coverage},
                    {"point", {"seconds", "executions", "coverage", "findings"}},
                    {"series", series},
                    {"findings", found},
                    {"reach", {{"head", report.reach_head}, {"rows", report.reach}}},
                    {"notes", report.notes}};
  return all.dump(1) + '\n';
}

std::string to_html(const FuzzReport& report) {
  std::string html = fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width\">"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">"
      "<title>{}</title><style>{}{}</style></head><body><main>\n<h1>{}</h1>\n<p>Begun {}.</p>\n",
      safe(report.title), report_assets::style, own_style, safe(report.title),
      safe(report.started));
  for (const std::string& each : report.notes) html += "<p>" + safe(each) + "</p>\n";
  html += fmt::format("<h2>Findings: {}</h2>\n", report.found.size());
  if (report.found.empty()) html += "<p>None.</p>\n";
  for (const FuzzFound& each : report.found) html += told(each);
  html += "<h2>Over time</h2>\n" + plots(report) + series_table(report);
  if (!report.reach.empty()) html += "<h2>Reached</h2>\n" + table(report.reach_head, report.reach);
  return html + "</main></body></html>\n";
}

}  // namespace wsconform
