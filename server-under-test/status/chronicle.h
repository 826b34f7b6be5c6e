// Keeps count of what happens at a server, and writes it to its log.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "server-under-test/site/authentication.h"
#include "server-under-test/status/server_log.h"
#include "server-under-test/status/server_status.h"

namespace wsconform {

enum class Incident {
  tls_failed,
  stalled,    // it took nothing of what was to be sent
  no_memory,  // it held most when too much was held
  too_slow,   // it read too slowly for its room
};

// How a WebSocket came to its end.
struct Ending {
  std::uint16_t code = 0;     // RFC 6455 §7.1.5
  bool failed = false;        // §7.1.7
  std::string_view reason{};  // then
};

class Chronicle {
 public:
  // Null: nothing is written.
  void write_to(std::shared_ptr<ServerLog> log) { log_ = std::move(log); }
  void accepted() { ++tally_.accepted; }
  // To a request or a handshake, by the status of the record.
  void answered(std::uint64_t id, const Visit& visit, const RequestRecord& request);
  void happened(std::uint64_t id, const std::string& address, Incident incident,
                std::string_view detail);
  // No connection can be accepted; told once a second at most.
  void cannot_accept(std::string_view why, Instant now);
  void ended(const ClientRecord& client, const Ending& ending);

  // Of clients that are there, what they said does not count yet.
  const Tally& tally() const { return tally_; }

 private:
  Tally tally_;
  std::shared_ptr<ServerLog> log_;
  Instant told_ = Instant::min();  // that none can be accepted
};

}  // namespace wsconform
