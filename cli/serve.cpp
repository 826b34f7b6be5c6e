// wsconform serve: runs the reference server, right or wrong in one chosen way.
#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

#include "cli/commands.h"
#include "cli/serve_options.h"
#include "cli/serve_service.h"
#include "server-under-test/planted_defects.h"

namespace wsconform {
namespace {

void list_defects() {
  for (const Defect& defect : defects()) std::cout << defect.id << "  " << defect.says << '\n';
}

}  // namespace

void add_serve(CLI::App& app, int&) {
  CLI::App& command = *app.add_subcommand(
      "serve", "Run the reference server: it echoes, chats, lets users log in, or misbehaves");
  auto settings = std::make_shared<ServeSettings>();
  add_serve_options(command, *settings);
  command.callback([&command, settings] {
    if (settings->list_defects) return list_defects();
    run_service(*settings, [&] { reread_serve_options(command, *settings); });
  });
}

}  // namespace wsconform
