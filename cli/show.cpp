// wsconform show: one case in words, or as an entry of a case file.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>

#include "cli/cases_folder.h"
#include "cli/commands.h"
#include "cli/nearest_ids.h"
#include "runner/casebook/case.h"
#include "runner/casebook/case_loader.h"
#include "runner/casebook/case_words.h"
#include "runner/casebook/case_writer.h"
#include "runner/casebook/requirement_catalogue.h"
#include "runner/input/glob.h"
#include "runner/input/input_error.h"

namespace wsconform {
namespace {

void write_row(std::string_view name, const std::vector<std::string>& values) {
  if (!values.empty()) std::cout << fmt::format("{:<14}{}\n", name, fmt::join(values, ", "));
}

std::vector<std::string> sides_of(const Case& each) {
  std::vector<std::string> sides;
  for (const Role side : each.sides) sides.emplace_back(name_of(side));
  return sides;
}

void write_requirements(const Case& each, const std::vector<Requirement>& catalogue) {
  std::cout << "\nRequirements\n";
  for (const std::string& id : each.requirements) {
    const Requirement* found = find_requirement(catalogue, id);
    if (found == nullptr) {
      std::cout << fmt::format("  {}\n", id);
    } else {
      std::cout << fmt::format("  {} ({}): {}\n", id, name_of(found->level), found->says);
    }
  }
}

void write_script(const Case& each) {
  std::cout << "\nScript\n";
  std::size_t number = 0;
  for (const std::string& line : script_words(each))
    std::cout << fmt::format("  {}. {}\n", ++number, line);
}

void write_case(const Case& each, const std::vector<Requirement>& catalogue) {
  std::cout << fmt::format("{}\n{}\n\n", each.id, each.says);
  write_row("Level", {std::string(name_of(each.level))});
  write_row("Tests a", sides_of(each));
  write_row("Needs", each.needs);
  write_row("Autobahn", each.autobahn);
  if (each.full_only) write_row("Intensity", {"full"});
  if (!each.because.empty()) write_row("Because", {each.because});
  write_row("Written in", {fmt::format("{}:{}", each.origin.file, each.origin.line)});
  write_requirements(each, catalogue);
  write_script(each);
}

std::string unknown_case(const std::vector<Case>& cases, const std::string& pattern) {
  std::vector<std::string> ids;
  for (const Case& each : cases) ids.push_back(each.id);
  const std::vector<std::string> near = nearest_ids(ids, pattern);
  std::string message = "there is no case " + pattern;
  if (!near.empty()) message += fmt::format("; did you mean {}?", fmt::join(near, " or "));
  return message;
}

// Those that the pattern fits, or else those whose ids hold it.
std::vector<const Case*> named(const std::vector<Case>& cases, const std::string& pattern) {
  std::vector<const Case*> found;
  for (const std::string& tried : {pattern, fmt::format("*{}*", pattern)}) {
    for (const Case& each : cases)
      if (!pattern.empty() && id_matches(tried, each.id)) found.push_back(&each);
    if (!found.empty()) return found;
  }
  throw UsageError(unknown_case(cases, pattern));
}

struct ShowOptions {
  std::string pattern;
  std::string folder;
  bool json = false;
};

void show(const ShowOptions& options) {
  const std::vector<Case> cases = load_cases(cases_folder(options.folder));
  const std::vector<Requirement> catalogue = requirements_for(options.folder);
  bool first = true;
  for (const Case* each : named(cases, options.pattern)) {
    if (options.json) {
      std::cout << text_of_entry(*each);
      continue;
    }
    if (!std::exchange(first, false)) std::cout << '\n';
    write_case(*each, catalogue);
  }
}

}  // namespace

void add_show(CLI::App& app, int&) {
  CLI::App& command =
      *app.add_subcommand("show", "Show a case: its requirements, its script in words");
  auto options = std::make_shared<ShowOptions>();
  command.add_option("CASE", options->pattern, "Its id, or part of it; * stands for anything")
      ->required();
  command
      .add_option("--cases", options->folder, "Folder with the cases (default: wsconform's own)")
      ->type_name("DIR");
  command.add_flag("--json", options->json,
                   "As an entry of a case file: one variant, whole, fit to be copied and changed");
  command.callback([options] { show(*options); });
}

}  // namespace wsconform
