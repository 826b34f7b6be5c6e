#include "server-under-test/status/metrics.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <utility>
#include <vector>

namespace wsconform {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

ClientMetric counted(double value, Labels labels = {}) {
  ClientMetric metric;
  metric.label = std::move(labels);
  metric.counter.value = value;
  return metric;
}

ClientMetric measured(double value) {
  ClientMetric metric;
  metric.gauge.value = value;
  return metric;
}

MetricFamily counter(const char* name, const char* says, std::vector<ClientMetric> metrics) {
  return {name, says, MetricType::Counter, std::move(metrics)};
}

MetricFamily gauge(const char* name, const char* says, double value) {
  return {name, says, MetricType::Gauge, {measured(value)}};
}

template <typename Map>
std::vector<ClientMetric> by(const char* label, const Map& counts) {
  std::vector<ClientMetric> metrics;
  for (const auto& [key, count] : counts)
    metrics.push_back(counted(static_cast<double>(count), {{label, std::to_string(key)}}));
  return metrics;
}

std::vector<ClientMetric> by_direction(std::uint64_t received, std::uint64_t sent) {
  return {counted(static_cast<double>(received), {{"direction", "received"}}),
          counted(static_cast<double>(sent), {{"direction", "sent"}})};
}

void add_gauges(const ServerStatus& status, std::vector<MetricFamily>& families) {
  const auto add = [&](const char* name, const char* says, auto value) {
    families.push_back(gauge(name, says, static_cast<double>(value)));
  };
  add("wsconform_start_time_seconds", "When the server started, in Unix time.",
      status.started.time_since_epoch().count());
  add("wsconform_clients", "WebSockets that are open.", status.clients);
  add("wsconform_clients_limit", "How many may be.", status.max_clients);
  add("wsconform_connections_waiting", "Connections whose handshake is not done.", status.waiting);
  add("wsconform_rooms", "Rooms that somebody is in.", status.chat.rooms);
  add("wsconform_rooms_limit", "How many may be.", status.chat.max_rooms);
  add("wsconform_room_members", "Clients that are in a room.", status.chat.members);
  add("wsconform_memory_held_bytes", "Memory held for what comes and goes.", status.memory_held);
  add("wsconform_memory_limit_bytes", "How much may be.", status.max_memory);
}

void add_counters(const ServerStatus& status, std::vector<MetricFamily>& families) {
  const Tally& tally = status.tally;
  const auto add = [&](const char* name, const char* says, std::uint64_t value) {
    families.push_back(counter(name, says, {counted(static_cast<double>(value))}));
  };
  add("wsconform_connections_accepted_total", "TCP connections.", tally.accepted);
  families.push_back(counter("wsconform_answers_total", "Answers to requests and handshakes.",
                             by("status", tally.answers)));
  families.push_back(counter("wsconform_closes_total", "WebSockets that are over (RFC 6455 7.1.5).",
                             by("code", tally.closes)));
  families.push_back(counter("wsconform_messages_total", "Messages.",
                             by_direction(tally.received.messages, tally.sent.messages)));
  families.push_back(counter("wsconform_message_bytes_total", "Payload bytes of messages.",
                             by_direction(tally.received.bytes, tally.sent.bytes)));
  add("wsconform_failed_total", "WebSockets that were failed (RFC 6455 7.1.7).", tally.failed);
  add("wsconform_stalled_total", "Connections dropped that took nothing.", tally.stalled);
  add("wsconform_refused_for_memory_total", "Connections refused for memory.",
      tally.without_memory);
  add("wsconform_too_slow_total", "Clients that read too slowly for their room.", tally.too_slow);
  add("wsconform_room_messages_total", "Messages said in rooms, each once.",
      status.chat.said.messages);
  add("wsconform_tls_failures_total", "TLS handshakes and sessions that failed.",
      tally.tls_failures);
}

}  // namespace

std::string metrics_text(const ServerStatus& status) {
  std::vector<MetricFamily> families;
  add_gauges(status, families);
  add_counters(status, families);
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace wsconform
