// The page that a WebSocket resource gives to a browser: says what is served there, and tries it.
#pragma once

#include "server-under-test/site/authentication.h"
#include "server-under-test/site/resource.h"

namespace wsconform {

// Of an echo or a chat. It logs in first where the guard asks for a session, and gets a ticket
// where it asks for one. `options` may be null where the guard asks for neither. What others say in
// a room is shown as text on one line, its control characters spelled out.
HttpAnswer trial_page(const Resource& resource, const AuthenticationOptions* options);

}  // namespace wsconform
