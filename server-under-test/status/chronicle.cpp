#include "server-under-test/status/chronicle.h"

#include <utility>

namespace wsconform {
namespace {

void add_unless_empty(LogFields& fields, std::string_view name, const std::string& text) {
  if (!text.empty()) fields.emplace_back(name, text);
}

LogFields fields_of(std::uint64_t id, const Visit& visit, const RequestRecord& request) {
  LogFields fields{{"id", id}, {"address", visit.client.address}};
  add_unless_empty(fields, "user", visit.user);
  add_unless_empty(fields, "method", request.method);
  add_unless_empty(fields, "path", request.path);
  fields.emplace_back("status", static_cast<std::uint64_t>(request.status));
  add_unless_empty(fields, "reason", request.reason);
  add_unless_empty(fields, "origin", request.origin);
  add_unless_empty(fields, "agent", request.agent);
  return fields;
}

LogFields fields_of(const ClientRecord& client, const Ending& ending) {
  LogFields fields{{"id", client.id}, {"address", client.address}};
  add_unless_empty(fields, "user", client.user);
  fields.emplace_back("path", client.path);
  fields.emplace_back("code", std::uint64_t{ending.code});
  add_unless_empty(fields, "reason", std::string(ending.reason));
  fields.emplace_back("age-s", in_seconds(client.age));
  fields.emplace_back("received-messages", client.received.messages);
  fields.emplace_back("received-bytes", client.received.bytes);
  fields.emplace_back("sent-messages", client.sent.messages);
  fields.emplace_back("sent-bytes", client.sent.bytes);
  return fields;
}

struct IncidentRow {  // of each, in their order
  std::uint64_t Tally::* count = nullptr;
  LogLevel level = LogLevel::warning;
  const char* event = "";
};
constexpr IncidentRow incidents[] = {
    {&Tally::tls_failures, LogLevel::info, "tls-failed"},
    {&Tally::stalled, LogLevel::warning, "stalled"},
    {&Tally::without_memory, LogLevel::warning, "no-memory"},
    {&Tally::too_slow, LogLevel::warning, "too-slow"},
};

}  // namespace

void Chronicle::answered(std::uint64_t id, const Visit& visit, const RequestRecord& request) {
  ++tally_.answers[request.status];
  const LogLevel level = request.status >= 500 ? LogLevel::warning : LogLevel::info;
  if (log_ && log_->takes(level)) log_->access(level, "request", fields_of(id, visit, request));
}

void Chronicle::happened(std::uint64_t id, const std::string& address, Incident incident,
                         std::string_view detail) {
  const IncidentRow& row = incidents[static_cast<std::size_t>(incident)];
  ++(tally_.*row.count);
  if (log_ && log_->takes(row.level))
    log_->error(row.level, row.event,
                {{"id", id}, {"address", address}, {"reason", std::string(detail)}});
}

void Chronicle::cannot_accept(std::string_view why, Instant now) {
  if (!log_ || (told_ != Instant::min() && now < told_ + std::chrono::seconds(1))) return;
  told_ = now;
  log_->error(LogLevel::error, "cannot-accept", {{"reason", std::string(why)}});
}

void Chronicle::ended(const ClientRecord& client, const Ending& ending) {
  ++tally_.closes[ending.code];
  if (ending.failed) ++tally_.failed;
  tally_.received += client.received;
  tally_.sent += client.sent;
  if (log_ && log_->takes(LogLevel::info))
    log_->access(LogLevel::info, "close", fields_of(client, ending));
}

}  // namespace wsconform
