#include "server-under-test/client_record.h"

namespace wsconform {

ClientRecord record_of(std::uint64_t id, const EchoEndpoint& endpoint, Duration age) {
  const EchoCounters& counters = endpoint.counters();
  const Visit& visit = endpoint.visit();
  return {.id = id,
          .address = visit.client.address,
          .tls = visit.client.tls,
          .user = visit.user,
          .path = visit.target,
          .subprotocol = counters.agreed ? counters.agreed->subprotocol : std::string(),
          .extension = counters.agreed ? counters.agreed->extension : std::string(),
          .age = age,
          .received = counters.received,
          .sent = endpoint.sent(),
          .round_trip = endpoint.round_trip()};
}

Ending ending_of(const EchoEndpoint& endpoint) {
  const EchoCounters& counters = endpoint.counters();
  return {counters.close_code, counters.failed, counters.failure};
}

void add_to(Tally& tally, const EchoEndpoint& endpoint) {
  tally.received += endpoint.counters().received;
  tally.sent += endpoint.sent();
}

}  // namespace wsconform
