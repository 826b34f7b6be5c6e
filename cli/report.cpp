// wsconform report: the results of a run in another format.
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <optional>

#include "cli/commands.h"
#include "cli/results_file.h"
#include "cli/written_file.h"
#include "reports/report_format.h"
#include "runner/input/input_error.h"

namespace wsconform {
namespace {

struct ReportOptions {
  std::vector<std::string> results;
  std::string format;
  std::string output;
};

ReportFormat format_of(const ReportOptions& options) {
  if (!options.format.empty()) return *report_format_named(options.format);
  const auto format = report_format_of_path(options.output);
  if (!format) throw UsageError("the format of the report is not clear; name it with --format");
  return *format;
}

void report(const ReportOptions& options) {
  const ReportFormat format = format_of(options);
  if (options.results.size() > 1 && format != ReportFormat::html)
    throw UsageError("Only HTML can compare two results files.");
  const Results results = read_results(options.results.front());
  std::optional<Results> other;
  if (options.results.size() > 1) other = read_results(options.results.back());
  const auto write = [&](std::ostream& out) {
    write_report(results, format, out, other ? &*other : nullptr);
  };
  options.output.empty() ? write(std::cout) : write_file(options.output, write);
}

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const ReportFormat format : all_report_formats) names.emplace_back(name_of(format));
  return names;
}

}  // namespace

void add_report(CLI::App& app, int&) {
  CLI::App& command = *app.add_subcommand("report", "Write the report of a run in another format");
  auto options = std::make_shared<ReportOptions>();
  command
      .add_option("RESULTS", options->results,
                  "The results.json of a run, or the journal of a killed run; a second one for "
                  "HTML to compare with it")
      ->required()
      ->expected(1, 2);
  command
      .add_option("--format", options->format,
                  "Format of the report (default: by the name of --output)")
      ->check(CLI::IsMember(format_names()));
  command.add_option("--output,-o", options->output, "File to write (default: standard output)")
      ->type_name("FILE");
  command.callback([options] { report(*options); });
}

}  // namespace wsconform
