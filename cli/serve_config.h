// The file that configures `wsconform serve` (docs/serve.md).
#pragma once

#include <optional>
#include <string>

#include "cli/serve_settings.h"
#include "runner/input/json_source.h"

namespace wsconform {

// The normal form of a path at which something is to be served (normal_path.h); nullopt: it is
// none, or has a query or spaces.
std::optional<std::string> resource_path(const std::string& text);

// Sets what the file names and leaves the rest. Paths of files are relative to the file's folder.
// Throws InputError with file, line and JSON pointer where it does not keep the schema, or names
// something that cannot be.
void read_serve_config(const JsonSource& file, ServeSettings& to);

}  // namespace wsconform
