#include "server-under-test/status/chronicle.h"

namespace wsconform {

void Chronicle::happened(Incident incident) {
  switch (incident) {
    case Incident::tls_failed:
      ++tally_.tls_failures;
      return;
    case Incident::stalled:
      ++tally_.stalled;
      return;
    case Incident::no_memory:
      ++tally_.without_memory;
      return;
  }
}

void Chronicle::ended(const ClientRecord& client, const Ending& ending) {
  ++tally_.closes[ending.code];
  if (ending.failed) ++tally_.failed;
  tally_.received += client.received;
  tally_.sent += client.sent;
}

}  // namespace wsconform
