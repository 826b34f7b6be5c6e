// The server's status for a person, and for a program.
#pragma once

#include <string>

#include "server-under-test/site/plain_request.h"
#include "server-under-test/status/server_status.h"

namespace wsconform {

// Where it is served: the page, and below it `.json` and what a button of the page posts to.
inline constexpr char status_path[] = "/status";
inline constexpr char status_json_path[] = "/status.json";
inline constexpr char status_close_path[] = "/status/close";

// One JSON object; names of members tell their units. `next` is where the next page of clients is.
std::string status_json(const ServerStatus& status);

// HTML that asks for itself again every few seconds and needs no script. With `can_close` each
// client has a button that posts its id.
HttpAnswer status_page(const ServerStatus& status, bool can_close);

}  // namespace wsconform
