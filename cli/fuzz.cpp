// wsconform fuzz: looks for what the cases do not name.
#include <CLI/CLI.hpp>

#include "cli/commands.h"

namespace wsconform {

void add_fuzz(CLI::App& app, int& exit_code) {
  CLI::App& sub = *app.add_subcommand(
      "fuzz", "Look for faults that no case covers, in a live endpoint or in our own code");
  sub.require_subcommand(1);
  add_fuzz_target(sub, exit_code);
  add_fuzz_campaign(sub, exit_code);
  add_fuzz_replay(sub, exit_code);
}

}  // namespace wsconform
