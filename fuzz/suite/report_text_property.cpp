#include "fuzz/suite/report_text_property.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/ascii.h"
#include "core/utf8.h"
#include "reports/console.h"

namespace wsconform {
namespace {

constexpr std::string_view no_json = "no JSON";

// Tags with the names of their attributes; what stands in scripts and styles is ours.
std::string tags_of(std::string_view page) {
  std::string tags;
  char quote = 0;
  bool in_tag = false;
  for (const char c : page) {
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (in_tag && (c == '"' || c == '\'')) {
      quote = c;
      tags += c;
    } else if (c == '<' || in_tag) {
      in_tag = c != '>';
      tags += c;
    }
  }
  return tags;
}

void add_shape(const nlohmann::json& value, std::string& shape) {
  shape += value.type_name();
  if (value.is_object()) {
    for (const auto& [name, member] : value.items()) {
      shape.append(" ").append(name).append(":");
      add_shape(member, shape);
    }
    shape += ";";
  } else if (value.is_array()) {
    for (const auto& element : value) add_shape(element, shape);
    shape += ";";
  }
}

std::string shape_of_json(std::string_view text) {
  const auto value = nlohmann::json::parse(text, nullptr, false);
  if (value.is_discarded()) return std::string(no_json);
  std::string shape;
  add_shape(value, shape);
  return shape;
}

// Of each line the marks that a reader of Markdown, TAP or a terminal may act upon.
std::string marks_of_lines(std::string_view text, std::string_view marks) {
  std::string lines;
  bool at_start = true;
  for (const char c : text) {
    const bool acts = c == '\n' || marks.find(c) != std::string_view::npos;
    if (acts || (at_start && !is_letter_or_digit(c))) lines += c;
    at_start = c == '\n';
  }
  return lines;
}

// TAP: how each line begins, and whether a test point has a directive; what stands behind
// that is free text.
std::string test_points_of(std::string_view report) {
  std::string lines;
  while (!report.empty()) {
    const auto end = report.find('\n');
    const std::string_view line = report.substr(0, end);
    const bool is_point = line.starts_with("ok ") || line.starts_with("not ok ");
    const bool directs = is_point && line.contains('#');
    lines.append(line.substr(0, 2)).append(directs ? "#" : "").append("\n");
    report.remove_prefix(end == std::string_view::npos ? report.size() : end + 1);
  }
  return lines;
}

std::string told_on_a_terminal(const Results& results) {
  std::ostringstream out;
  ConsoleStyle style;
  style.verbose = true;
  Console console(out, style, [] { return std::chrono::steady_clock::time_point(); });
  console.begin(results.target, results.cases.size());
  for (const CaseResult& result : results.cases) console.finished(result);
  console.end(results);
  return out.str();
}

}  // namespace

Results results_with(std::string_view hostile, std::uint8_t choice) {
  const std::string text(hostile);
  Results results;
  results.wsconform = "0.1.0";
  results.started = "2026-01-01T00:00:00Z";
  results.target.name = results.target.url = "ws://localhost:9001/";
  results.target.server = text;
  results.target.facts = {{"largest text message", text}};
  CaseResult result;
  result.id = "rfc6455/5.5-control-frames/ping-126";
  result.section = "rfc6455/5.5-control-frames";
  result.says = "The connection fails.";
  result.requirements = {"rfc6455/5.5-control-payload-125"};
  result.script = {"Send a Ping of 126 bytes.", "Expect the connection to fail."};
  result.verdict = static_cast<Verdict>(choice % verdict_count);
  if (result.verdict == Verdict::error) result.at_fault = AtFault::target_unreachable;
  result.unexpected = (choice & 0x80) != 0;
  result.reason = result.expected = result.received = text;
  result.notes = {text, text};
  WireEntry entry;
  entry.direction = WireEntry::Direction::received;
  entry.kind = WireEntry::Kind::frame;
  entry.says = text;
  entry.details = {text};
  entry.bytes.assign(text.begin(), text.end());
  entry.size = text.size();
  result.wire = {entry};
  results.cases = {result};
  Requirement requirement;
  requirement.id = result.requirements.front();
  requirement.standard = "rfc6455";
  requirement.section = "5.5";
  requirement.says = "A control frame holds at most 125 bytes.";
  results.requirements = {requirement};
  return results;
}

std::string skeleton_of(std::string_view report, ReportFormat format) {
  switch (format) {
    case ReportFormat::html:
    case ReportFormat::junit:
      return tags_of(report);
    case ReportFormat::json:
    case ReportFormat::sarif:
    case ReportFormat::gitlab:
      return shape_of_json(report);
    case ReportFormat::tap:
      return test_points_of(report);
    case ReportFormat::markdown:
      return marks_of_lines(report, "<>|`*[]");
  }
  return "";
}

Breach breach_of_characters(std::string_view report) {
  if (!is_utf8(bytes_of(report))) return "is not UTF-8";
  const auto acts = [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == '\x7F';
  };
  if (std::ranges::any_of(report, acts)) return "holds a control character";
  return std::nullopt;
}

Breach breach_of_report_text(std::string_view input) {
  const std::uint8_t choice = input.empty() ? 0 : static_cast<std::uint8_t>(input.front());
  const std::string_view hostile = input.substr(std::min<std::size_t>(input.size(), 1));
  // As long, so that what is cut for its length is cut alike.
  const Results hostiles = results_with(hostile, choice);
  const Results harmless = results_with(std::string(hostile.size(), 'x'), choice);
  for (const ReportFormat format : all_report_formats) {
    const std::string report = write_report(hostiles, format);
    const std::string name = "the report " + std::string(name_of(format)) + " ";
    // In a string of JSON DEL may stand as it is; for the rest the parser sees.
    const bool is_json = format == ReportFormat::json || format == ReportFormat::sarif ||
                         format == ReportFormat::gitlab;
    if (const auto breach = breach_of_characters(report); breach && !is_json) return name + *breach;
    const std::string skeleton = skeleton_of(report, format);
    if (skeleton == no_json) return name + "is no JSON";
    if (skeleton != skeleton_of(write_report(harmless, format), format)) {
      return name + "has another structure";
    }
  }
  const std::string told = told_on_a_terminal(hostiles);
  if (const auto breach = breach_of_characters(told)) return "what is told " + *breach;
  if (std::ranges::count(told, '\n') != std::ranges::count(told_on_a_terminal(harmless), '\n')) {
    return "what is told has more lines";
  }
  return std::nullopt;
}

}  // namespace wsconform
