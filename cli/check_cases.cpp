// wsconform check-cases: whether a suite of cases is as it has to be.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <iostream>
#include <memory>

#include "cli/cases_folder.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "core/phrase.h"
#include "core/visible_text.h"
#include "runner/casebook/case.h"
#include "runner/casebook/case_loader.h"
#include "runner/casebook/coverage.h"
#include "runner/casebook/requirement_catalogue.h"
#include "runner/conversation/case_linter.h"

namespace wsconform {
namespace {

struct CheckOptions {
  std::string folder;
  bool strict = false;
  bool coverage = false;
};

void write_list(std::string_view heading, const std::vector<std::string>& names) {
  if (names.empty()) return;
  std::cout << heading << '\n';
  for (const std::string& name : names) std::cout << "  " << name << '\n';
}

void write_row(const CoverageRow& row, const std::string& name) {
  std::cout << fmt::format("{:<18}{:>13}{:>10}{:>9}{:>10}\n", name, row.requirements, row.testable,
                           row.covered, row.variants);
}

// What the standards ask of servers, section by section.
void write_coverage(const std::filesystem::path& folder) {
  const std::vector<Case> cases = load_cases(folder);
  const auto rows = coverage(load_requirements(folder), cases, Role::server);
  std::cout << "section            requirements  testable  covered  variants\n";
  for (const CoverageRow& each : rows) write_row(each, each.standard + ' ' + each.section);
  write_row(total_of(rows, cases, Role::server), "total");
}

int check(const CheckOptions& options) {
  // A folder of one's own may cite the requirements of ours.
  const std::vector<Requirement> ours =
      options.folder.empty() ? std::vector<Requirement>() : load_requirements(cases_folder(""));
  const LintReport report = lint_cases(cases_folder(options.folder), Role::server, ours);
  for (const LintFinding& finding : report.findings) std::cout << finding.text() << '\n';
  write_list("No case breaks these rules:", report.unreached);
  if (options.strict) write_list("No case cites these requirements:", report.uncovered);
  if (options.coverage) write_coverage(cases_folder(options.folder));
  std::cout << counted(report.cases, "case") << " in " << counted(report.files, "file") << ", "
            << counted(report.findings.size(), "fault");
  if (std::filesystem::exists(cases_folder(options.folder) / "requirements"))
    std::cout << ", " << counted(report.uncovered.size(), "requirement") << " without a case";
  std::cout << '\n';
  const bool good = report.findings.empty() && report.unreached.empty() &&
                    (!options.strict || report.uncovered.empty());
  return good ? exit_as_expected : exit_usage;
}

}  // namespace

void add_check_cases(CLI::App& app, int& exit_code) {
  CLI::App& command = *app.add_subcommand(
      "check-cases", "Check case files: schema, ids, requirements, wording, form");
  auto options = std::make_shared<CheckOptions>();
  command.add_option("DIR", options->folder, "Folder with the cases (default: wsconform's own)");
  command.add_flag("--strict", options->strict, "A requirement without a case is a fault too");
  command.add_flag("--coverage", options->coverage,
                   "Print, section by section, how many requirements have cases, and how many");
  command.callback([options, &exit_code] { exit_code = check(*options); });
}

}  // namespace wsconform
