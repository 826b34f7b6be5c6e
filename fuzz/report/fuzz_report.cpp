#include "fuzz/report/fuzz_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/visible_text.h"
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

std::string plot(const std::string& title, const std::vector<FuzzSeries>& series,
                 std::uint64_t FuzzPoint::* value) {
  constexpr double width = 640;
  constexpr double height = 180;
  double last = 0.001;
  std::uint64_t most = 0;
  for (const FuzzSeries& each : series)
    for (const FuzzPoint& point : each.points) {
      last = std::max(last, point.seconds);
      most = std::max(most, point.*value);
    }
  std::string svg = fmt::format(
      "<svg viewBox=\"0 0 {} {}\" width=\"{}\" role=\"img\" aria-label=\"{}\">"
      "<text x=\"4\" y=\"16\" fill=\"currentColor\" font-size=\"13\">{}: {} after {:.0f} s</text>"
      "<line x1=\"0\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"currentColor\" stroke-width=\"1\"/>",
      width, height + 30, width, safe(title), safe(title), most, last, height + 28, width,
      height + 28);
  for (const FuzzSeries& each : series) {
    svg += "<polyline fill=\"none\" stroke=\"var(--link)\" stroke-width=\"1.5\" points=\"";
    for (const FuzzPoint& point : each.points)
      svg += fmt::format(
          "{:.1f},{:.1f} ", point.seconds / last * width,
          28 + height * (1 - static_cast<double>(point.*value) /
                                 static_cast<double>(std::max<std::uint64_t>(most, 1))));
    svg += "\"><title>" + safe(each.name) + "</title></polyline>";
  }
  return svg + "</svg>\n";
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
  html += "<h2>Over time</h2>\n" + plot(report.executions, report.series, &FuzzPoint::executions) +
          plot(report.coverage, report.series, &FuzzPoint::coverage) + series_table(report);
  if (!report.reach.empty()) html += "<h2>Reached</h2>\n" + table(report.reach_head, report.reach);
  return html + "</main></body></html>\n";
}

}  // namespace wsconform
