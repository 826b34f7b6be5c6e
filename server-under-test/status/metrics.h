// The server's status for Prometheus.
#pragma once

#include <string>
#include <string_view>

#include "server-under-test/status/server_status.h"

namespace wsconform {

inline constexpr std::string_view metrics_type = "text/plain; version=0.0.4; charset=utf-8";

// Its text exposition format; clients by name are not in it.
std::string metrics_text(const ServerStatus& status);

}  // namespace wsconform
