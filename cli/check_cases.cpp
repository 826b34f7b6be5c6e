// wsconform check-cases: whether case files are as they have to be.
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "cli/cases_folder.h"
#include "cli/commands.h"
#include "cli/exit_code.h"
#include "runner/case_loader.h"
#include "runner/input_error.h"

namespace wsconform {
namespace {

// Every file is told of, not only the first that is wrong.
int check(const std::filesystem::path& folder) {
  std::size_t cases = 0;
  std::size_t faults = 0;
  for (const std::filesystem::path& file : case_files(folder)) {
    try {
      cases += load_cases_of(JsonSource::read(file), section_of(file, folder)).size();
    } catch (const InputError& error) {
      ++faults;
      std::cout << error.what() << '\n';
    }
  }
  std::cout << cases << " cases, " << faults << (faults == 1 ? " fault\n" : " faults\n");
  return faults == 0 ? exit_as_expected : exit_usage;
}

}  // namespace

void add_check_cases(CLI::App& app, int& exit_code) {
  CLI::App& command =
      *app.add_subcommand("check-cases", "Check case files: schema, ids, requirements, form");
  auto folder = std::make_shared<std::string>();
  command.add_option("DIR", *folder, "Folder of the cases (default: those of wsconform)");
  command.callback([folder, &exit_code] { exit_code = check(cases_folder(*folder)); });
}

}  // namespace wsconform
