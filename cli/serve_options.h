// The options of `wsconform serve`.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/serve_settings.h"

namespace wsconform {

// `to` lives as long as the command.
void add_serve_options(CLI::App& command, ServeSettings& to);

// Reads them once more: files that they name may have changed since. Where one cannot be used,
// `settings` stay as they were, and what add_serve_options bound to the options throws.
void reread_serve_options(CLI::App& command, ServeSettings& settings);

}  // namespace wsconform
