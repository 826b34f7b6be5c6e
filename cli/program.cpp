#include "cli/program.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <iostream>
#include <system_error>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "core/machine_fault.h"
#include "core/tls_session.h"
#include "runner/input/input_error.h"
#include "runner/suite/suite_run.h"
#include "server-under-test/server.h"

namespace wsconform {
namespace {

constexpr const char* about =
    "Tells which rules of the WebSocket standards an endpoint keeps, bends and breaks.";
constexpr const char* exit_codes =
    "Exit codes: 0 everything as expected; 1 an unexpected result; 2 usage error, bad input file, "
    "or a filter\n"
    "that matches nothing; 3 the target cannot be reached, or no port be had; 4 a fault of "
    "wsconform "
    "itself.";

int fail(const char* what, ExitCode code) {
  std::cout.flush();
  std::cerr << "wsconform: " << what << '\n';
  return code;
}

int parse(CLI::App& app, std::vector<std::string> arguments, const int& exit_code) {
  std::ranges::reverse(arguments);  // CLI11 takes them from the end
  try {
    app.parse(std::move(arguments));
    return exit_code;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? exit_as_expected : exit_usage;
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
  try {
    return parse(app, std::move(arguments), exit_code);
  } catch (const UsageError& error) {
    return fail(error.what(), exit_usage);
  } catch (const InputError& error) {
    return fail(error.what(), exit_usage);
  } catch (const TlsConfigurationError& error) {
    return fail(error.what(), exit_usage);
  } catch (const TargetUnreachable& error) {
    return fail(error.what(), exit_unreachable);
  } catch (const ListenError& error) {
    return fail(error.what(), exit_unreachable);
  } catch (const MachineFault& error) {
    return fail(error.what(), exit_fault);
  } catch (const std::system_error& error) {  // a file or a port that we were told to use
    return fail(error.what(), exit_usage);
  } catch (const std::exception& error) {
    return fail(error.what(), exit_fault);
  }
}

}  // namespace wsconform
