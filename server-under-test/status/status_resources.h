// What a server serves of its own state: /status, /status.json, /metrics, /healthz, and, where
// users have passwords, a POST that closes a client.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "server-under-test/site/site.h"
#include "server-under-test/status/server_status.h"

namespace wsconform {

struct StatusOptions {
  bool served = true;
  // Users who may see the clients and close them; none named: each who has a password.
  std::vector<std::string> administrators{};
};

// Where there are passwords, the clients are shown to who has one only. Closing asks for a
// password or a session's cookie, and takes no request from another site's page. Metrics name
// no client and ask nobody.
std::vector<Resource> status_resources(const std::weak_ptr<Watched>& server,
                                       const StatusOptions& options,
                                       const std::shared_ptr<Authentication>& authentication);

// Adds them to the site, but for paths where it has something else.
void serve_status(Site& site, const std::weak_ptr<Watched>& server, const StatusOptions& options);

}  // namespace wsconform
