#include "server-under-test/echo_endpoint.h"

#include <functional>
#include <utility>

#include "core/permessage_deflate.h"

namespace wsconform {
namespace {

using GateFunction = std::function<std::optional<HttpHead>(const HttpHead&)>;

GateFunction gate_of(std::shared_ptr<Access> access, const Defect* defect) {
  return [access = std::move(access), defect](const HttpHead& request) {
    if (defect == nullptr || !defect->access)
      return refusal_of(request, access->policy, access->used_tickets);
    AccessPolicy policy = access->policy;
    HttpHead seen = request;
    defect->access(policy, seen);
    return refusal_of(seen, policy, access->used_tickets);
  };
}

std::variant<Echo, DefectiveEcho> echo_of(EchoOptions options, Instant now) {
  ConnectionOptions connection;
  connection.limits = options.limits;
  connection.deadlines = options.deadlines;
  connection.policy = std::move(options.policy);
  if (options.deflate && !connection.policy.accept_extension)
    connection.policy.accept_extension = accept_deflate;
  if (options.access) connection.policy.gate = gate_of(std::move(options.access), options.defect);
  if (options.defect) return DefectiveEcho(*options.defect, std::move(connection), now);
  return Echo(std::move(connection), now);
}

}  // namespace

EchoEndpoint::EchoEndpoint(EchoOptions options, Instant now)
    : echo_(echo_of(std::move(options), now)) {}

void EchoEndpoint::receive(std::span<std::uint8_t> bytes) {
  std::visit([&](auto& echo) { echo.receive(bytes); }, echo_);
}

void EchoEndpoint::receive_end() {
  std::visit([](auto& echo) { echo.receive_end(); }, echo_);
}

void EchoEndpoint::tick(Instant now) {
  std::visit([&](auto& echo) { echo.tick(now); }, echo_);
}

std::optional<Instant> EchoEndpoint::next_deadline() const {
  return std::visit([](const auto& echo) { return echo.next_deadline(); }, echo_);
}

Bytes EchoEndpoint::take_output() {
  return std::visit([](auto& echo) { return echo.take_output(); }, echo_);
}

bool EchoEndpoint::wants_close() const {
  return std::visit([](const auto& echo) { return echo.wants_close(); }, echo_);
}

void EchoEndpoint::shut_down() {
  std::visit([](auto& echo) { echo.shut_down(); }, echo_);
}

const EchoCounters& EchoEndpoint::counters() const {
  return std::visit([](const auto& echo) -> const EchoCounters& { return echo.counters(); }, echo_);
}

}  // namespace wsconform
