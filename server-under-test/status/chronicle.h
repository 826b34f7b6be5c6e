// Keeps count of what happens at a server.
#pragma once

#include <cstdint>
#include <string_view>

#include "server-under-test/site/authentication.h"
#include "server-under-test/status/server_status.h"

namespace wsconform {

enum class Incident {
  tls_failed,
  stalled,    // it took nothing of what was to be sent
  no_memory,  // it held most when too much was held
};

// How a WebSocket came to its end.
struct Ending {
  std::uint16_t code = 0;     // RFC 6455 §7.1.5
  bool failed = false;        // §7.1.7
  std::string_view reason{};  // then
};

class Chronicle {
 public:
  void accepted() { ++tally_.accepted; }
  // To a request or a handshake, by the status of the record.
  void answered(const RequestRecord& request) { ++tally_.answers[request.status]; }
  void happened(Incident incident);
  void ended(const ClientRecord& client, const Ending& ending);

  // Of clients that are there, what they said does not count yet.
  const Tally& tally() const { return tally_; }

 private:
  Tally tally_;
};

}  // namespace wsconform
