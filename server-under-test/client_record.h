// A connection as its server's status tells of it.
#pragma once

#include <cstdint>

#include "server-under-test/echo_endpoint.h"
#include "server-under-test/status/chronicle.h"

namespace wsconform {

// `age`: since the handshake.
ClientRecord record_of(std::uint64_t id, const EchoEndpoint& endpoint, Duration age);
Ending ending_of(const EchoEndpoint& endpoint);
// What was said on it so far.
void add_to(Tally& tally, const EchoEndpoint& endpoint);

}  // namespace wsconform
