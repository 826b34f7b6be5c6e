#include "cli/program.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <iostream>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/failure.h"
#include "cli/nearest_ids.h"
#include "cli/written_file.h"
#include "runner/input/input_error.h"

namespace wsconform {
namespace {

constexpr const char* about =
    "Tells which rules of the WebSocket standards an endpoint keeps, bends and breaks.";
constexpr const char* exit_codes =
    "Exit codes: 0 everything as expected; 1 an unexpected result; 2 usage error, bad input file, "
    "or a filter\n"
    "that matches nothing; 3 the target cannot be reached, or no port is free; 4 a fault of "
    "wsconform "
    "itself, or of the machine.";

int fail(const Failure& failure) {
  std::cout.flush();
  std::cerr << "wsconform: " << failure.sentence << '\n';
  return failure.code;
}

// The first word has to be a command or an option.
void check_command(const CLI::App& app, const std::vector<std::string>& arguments) {
  if (arguments.empty())
    throw UsageError(
        "say what to do: wsconform --help lists the commands, and 'wsconform run URL' judges a "
        "server");
  const std::string& word = arguments.front();
  std::vector<std::string> names;
  for (const CLI::App* each : app.get_subcommands({})) names.push_back(each->get_name());
  if (word.starts_with('-') || std::ranges::find(names, word) != names.end()) return;
  const std::vector<std::string> near = nearest_ids(names, word, 1);
  throw UsageError(fmt::format("there is no command '{}'{}", word,
                               near.empty() ? "; wsconform --help lists them"
                                            : fmt::format("; did you mean '{}'?", near.front())));
}

// One that holds the word, as --tls-certificate holds --cert; else the nearest.
std::vector<std::string> options_like(const std::vector<std::string>& names,
                                      std::string_view word) {
  constexpr std::size_t least_telling = 3;  // letters
  const std::string_view letters = word.substr(std::min(word.find_first_not_of('-'), word.size()));
  const auto holds = [&](const std::string& name) { return name.contains(letters); };
  const auto found = std::ranges::find_if(names, holds);
  if (letters.size() >= least_telling && found != names.end()) return {*found};
  return nearest_ids(names, word, 1);
}

// Of the command that was called, the option that was probably meant; else what was too much.
std::string words_for_extras(const CLI::App& app) {
  const CLI::App* command = &app;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
  const std::vector<std::string> extras = app.remaining(true);
  const auto option = std::ranges::find_if(
      extras, [](const std::string& each) { return each.starts_with('-') && each.size() > 1; });
  if (option == extras.end())
    return fmt::format("'{}' is one argument too many", extras.empty() ? "" : extras.front());
  std::vector<std::string> names;
  for (const CLI::Option* each : command->get_options())
    for (const std::string& name : each->get_lnames())
      if (name != "help") names.push_back("--" + name);
  const std::vector<std::string> near = options_like(names, *option);
  return fmt::format("'{}' has no option {}{}", command->get_name(), *option,
                     near.empty() ? "; --help lists its options"
                                  : fmt::format("; did you mean {}?", near.front()));
}

int parse(CLI::App& app, std::vector<std::string> arguments, const int& exit_code) {
  check_command(app, arguments);
  std::ranges::reverse(arguments);  // CLI11 takes them from the end
  try {
    app.parse(std::move(arguments));
    return exit_code;
  } catch (const CLI::Success& asked_for_help) {
    return app.exit(asked_for_help);
  } catch (const CLI::ExtrasError&) {
    throw UsageError(words_for_extras(app));
  } catch (const CLI::ParseError& error) {
    throw UsageError(error.what());
  }
}

}  // namespace

int run_program(std::vector<std::string> arguments) {
  int exit_code = exit_as_expected;
  CLI::App app(about, "wsconform");
  app.set_version_flag("--version", std::string("wsconform ") + WSCONFORM_VERSION);
  app.footer(exit_codes);
  app.require_subcommand(1);
  add_run(app, exit_code);
  add_list(app, exit_code);
  add_show(app, exit_code);
  add_check_cases(app, exit_code);
  add_report(app, exit_code);
  add_defects(app, exit_code);
  add_serve(app, exit_code);
  add_passwd(app, exit_code);
  add_fuzz(app, exit_code);
  try {
    const int code = parse(app, std::move(arguments), exit_code);
    check_standard_output();
    return code;
  } catch (...) {
    return fail(failure_of(std::current_exception()));
  }
}

}  // namespace wsconform
