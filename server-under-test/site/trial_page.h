// The page that a WebSocket resource gives to a browser: says what is served there, and tries it.
#pragma once

#include "server-under-test/site/authentication.h"
#include "server-under-test/site/guard.h"
#include "server-under-test/site/plain_request.h"

namespace wsconform {

// It logs in first where the guard asks for a session, and gets a ticket where it asks for one.
// `options` may be null where the guard asks for neither.
HttpAnswer trial_page(const Guard& guard, const AuthenticationOptions* options);

}  // namespace wsconform
