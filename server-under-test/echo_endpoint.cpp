#include "server-under-test/echo_endpoint.h"

#include <cassert>
#include <utility>

#include "core/permessage_deflate.h"

namespace wsconform {
namespace {

std::optional<HttpAnswer> refusal_by(Access& access, const HttpHead& request,
                                     const Defect* defect) {
  if (defect == nullptr || !defect->access)
    return refusal_of(request, access.policy, access.used_tickets);
  AccessPolicy policy = access.policy;
  HttpHead seen = request;
  defect->access(policy, seen);
  return refusal_of(seen, policy, access.used_tickets);
}

std::optional<FrontOptions> front_of(const EchoOptions& options,
                                     const std::shared_ptr<Visit>& visit) {
  assert(options.site || !options.access);
  if (!options.site) return std::nullopt;
  FrontOptions front{.site = options.site,
                     .visit = visit,
                     .max_head = options.limits.max_head,
                     .full = options.full};
  if (options.access)
    front.refuses = [access = options.access, defect = options.defect](const HttpHead& request) {
      return refusal_by(*access, request, defect);
    };
  return front;
}

std::variant<Echo, DefectiveEcho> echo_of(EchoOptions options, const std::shared_ptr<Visit>& visit,
                                          Instant now) {
  std::optional<FrontOptions> front = front_of(options, visit);
  ConnectionOptions connection;
  connection.limits = options.limits;
  connection.deadlines = options.deadlines;
  connection.policy = std::move(options.policy);
  if (options.deflate && !connection.policy.accept_extension)
    connection.policy.accept_extension = accept_deflate;
  if (options.defect)
    return DefectiveEcho(*options.defect, std::move(connection), std::move(front), now);
  return Echo(std::move(connection), std::move(front), now);
}

}  // namespace

EchoEndpoint::EchoEndpoint(EchoOptions options, Instant now)
    : visit_(std::make_shared<Visit>(Visit{.client = options.client})),
      echo_(echo_of(std::move(options), visit_, now)) {}

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

std::optional<PasswordCheck> EchoEndpoint::take_check() {
  return std::visit([](auto& echo) { return echo.take_check(); }, echo_);
}

void EchoEndpoint::checked(bool right) {
  std::visit([&](auto& echo) { echo.checked(right); }, echo_);
}

void EchoEndpoint::dismiss(std::uint16_t code, std::string_view reason) {
  std::visit([&](auto& echo) { echo.dismiss(code, reason); }, echo_);
}

const EchoCounters& EchoEndpoint::counters() const {
  return std::visit([](const auto& echo) -> const EchoCounters& { return echo.counters(); }, echo_);
}

}  // namespace wsconform
