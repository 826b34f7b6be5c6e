// The reference server as a service: runs until a signal ends it.
#pragma once

#include <functional>

#include "cli/serve_settings.h"

namespace wsconform {

// SIGTERM and SIGINT end it, a second one at once; SIGHUP calls `reread`, which reads the settings
// once more or throws, and serves by them whoever comes from then on; SIGUSR1 and SIGUSR2 do
// nothing. Address, port and the place of its sockets stay. What the settings name and cannot be
// used throws, at the start; later it is told, and everything stays as it was.
void run_service(ServeSettings& settings, const std::function<void()>& reread);

}  // namespace wsconform
