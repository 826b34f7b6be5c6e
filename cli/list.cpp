// wsconform list: what cases there are.
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/cases_folder.h"
#include "cli/commands.h"
#include "runner/casebook/case.h"

namespace wsconform {
namespace {

struct ListOptions {
  CaseOptions cases;
  std::string format = "text";
};

nlohmann::ordered_json to_json(const Case& each) {
  nlohmann::ordered_json sides = nlohmann::ordered_json::array();
  for (const Role side : each.sides) sides.push_back(name_of(side));
  return {{"id", each.id},
          {"section", each.section},
          {"says", each.says},
          {"level", name_of(each.level)},
          {"sides", std::move(sides)},
          {"needs", each.needs},
          {"requirements", each.requirements},
          {"autobahn", each.autobahn},
          {"intensity", each.full_only ? "full" : "default"}};
}

void write_json(const std::vector<Case>& cases) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Case& each : cases) list.push_back(to_json(each));
  std::cout << list.dump(1) << '\n';
}

void write_text(const std::vector<Case>& cases) {
  std::string_view section;
  for (const Case& each : cases) {
    if (each.section != section) {
      std::cout << (section.empty() ? "" : "\n") << each.section << '\n';
      section = each.section;
    }
    std::cout << "  " << each.id.substr(section.size() + 1) << "  " << each.says << '\n';
  }
  std::cout << '\n' << cases.size() << (cases.size() == 1 ? " case\n" : " cases\n");
}

}  // namespace

void add_list(CLI::App& app, int&) {
  CLI::App& command = *app.add_subcommand("list", "List the cases with all their variants");
  auto options = std::make_shared<ListOptions>();
  options->cases.add_to(command);
  command.add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command.callback([options] {
    const std::vector<Case> cases = options->cases.load();
    if (options->format == "json") {
      write_json(cases);
    } else {
      write_text(cases);
    }
  });
}

}  // namespace wsconform
