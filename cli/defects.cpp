// wsconform defects: the faults that can be planted into the reference server, and the cases that
// catch them.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "cli/cases_folder.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/nearest_ids.h"
#include "core/phrase.h"
#include "core/visible_text.h"
#include "proof/defect_table.h"
#include "proof/reference_target.h"
#include "runner/casebook/case.h"
#include "runner/input/glob.h"
#include "runner/input/input_error.h"
#include "server-under-test/planted_defects.h"

namespace wsconform {
namespace {

struct DefectsCommand {
  CaseOptions cases;
  std::vector<std::string> patterns;
  std::string format = "text";
  bool all = false;
};

std::vector<const Defect*> chosen(const std::vector<std::string>& patterns) {
  std::vector<const Defect*> found;
  for (const Defect& each : defects()) {
    const auto named = [&](const std::string& glob) { return glob_matches(glob, each.id); };
    if (patterns.empty() || std::ranges::any_of(patterns, named)) found.push_back(&each);
  }
  if (!found.empty()) return found;
  std::vector<std::string> ids;
  for (const Defect& each : defects()) ids.push_back(each.id);
  const auto nearest = nearest_ids(ids, patterns.front());
  throw UsageError(fmt::format("No defect is named '{}'{}.", patterns.front(),
                               nearest.empty() ? "" : "; nearest is " + nearest.front()));
}

constexpr std::size_t most_shown = 3;

void write_text(const DefectTable& table, bool all) {
  for (const auto& [defect, catchers, whole, spared] : table.rows) {
    std::cout << (catchers.size() == 1 ? "* " : "  ") << defect->id << "  " << defect->says << '\n';
    const std::size_t shown = all ? catchers.size() : std::min(most_shown, catchers.size());
    for (std::size_t i = 0; i < shown; ++i) std::cout << "      " << catchers[i] << '\n';
    if (!whole)
      std::cout << "      and more\n";
    else if (shown < catchers.size())
      std::cout << "      and " << counted(catchers.size() - shown, "more case") << '\n';
    if (catchers.empty()) std::cout << "      caught by no case\n";
  }
}

void write_json(const DefectTable& table) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const auto& [defect, catchers, whole, spared] : table.rows)
    rows.push_back({{"id", defect->id}, {"says", defect->says}, {"caught_by", catchers}});
  std::cout << nlohmann::ordered_json{{"defects", rows}, {"unneeded", table.unneeded}}.dump(1)
            << '\n';
}

void write_unneeded(const DefectTable& table) {
  std::cout << "\nCases that catch none of them: " << table.unneeded.size() << '\n';
  for (const std::string& id : table.unneeded) std::cout << "  " << id << '\n';
}

void write_summary(const DefectTable& table) {
  std::cout << '\n'
            << counted(table.rows.size(), "defect") << ": " << table.uncaught() << " not caught, "
            << table.caught_by_one() << " caught by one case only (*)\n";
  if (std::ranges::any_of(table.rows, &DefectTable::Row::spared))
    std::cout << "Cases that exchange more than 8 KiB are tried only where no other case catches "
                 "the defect; "
                 "--all tries them all.\n";
}

// One line of the terminal, kept up to date, and gone at the end. One write: threads do not mix in
// it.
void show_progress(std::size_t rows, std::size_t all) {
  std::cerr << (rows < all ? fmt::format("\r{} of {} defects", rows, all) : std::string("\r\x1b[K"))
            << std::flush;
}

int tell(const DefectsCommand& command) {
  const std::vector<Case> cases =
      cases_for(command.cases.load(reference_limits()), reference_features());
  const std::vector<const Defect*> about = chosen(command.patterns);
  DefectTableOptions how{.threads = std::thread::hardware_concurrency()};
  if (!command.all && command.format == "text") {
    how.most_catchers = most_shown + 1;
    how.spares_heavy = true;
  }
  if (isatty(STDERR_FILENO) == 1) {
    show_progress(0, about.size());
    how.done = [&](std::size_t rows) { show_progress(rows, about.size()); };
  }
  const DefectTable table = defect_table(cases, about, how);
  if (command.format == "json") {
    write_json(table);
  } else {
    write_text(table, command.all);
    if (command.patterns.empty() && command.all) write_unneeded(table);
    write_summary(table);
  }
  return table.uncaught() == 0 ? exit_as_expected : exit_unexpected;
}

}  // namespace

void add_defects(CLI::App& app, int& exit_code) {
  CLI::App& sub = *app.add_subcommand("defects",
                                      "List the ways in which the reference server can misbehave, "
                                      "and the cases that catch them");
  auto command = std::make_shared<DefectsCommand>();
  sub.add_option("defect", command->patterns,
                 "Only the defects with these ids; * stands for anything (default: all)");
  sub.add_flag(
      "--all", command->all,
      "Names every case that catches a defect, and the cases that catch none; takes some minutes");
  sub.add_option("--format", command->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->cases.add_to(sub);
  sub.callback([command, &exit_code] { exit_code = tell(*command); });
}

}  // namespace wsconform
