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
                     .takes_place = [rooms = options.rooms, take = options.takes_place,
                                     visit = visit.get()]() -> std::optional<std::string_view> {
                       if (visit->enters_room && !rooms->has_place(room_of(*visit)))
                         return "Too many rooms are open.";
                       if (take && !take()) return "Too many connections are open.";
                       return std::nullopt;
                     }};
  if (options.access)
    front.refuses = [access = options.access, defect = options.defect](const HttpHead& request) {
      return refusal_by(*access, request, defect);
    };
  return front;
}

std::variant<Echo, std::unique_ptr<DefectiveEcho>> echo_of(EchoOptions options,
                                                           const std::shared_ptr<Visit>& visit,
                                                           Instant now) {
  std::optional<FrontOptions> front = front_of(options, visit);
  ConnectionOptions connection;
  connection.limits = options.limits;
  connection.deadlines = options.deadlines;
  connection.policy = std::move(options.policy);
  if (options.deflate && !connection.policy.accept_extension)
    connection.policy.accept_extension = accept_deflate;
  if (options.defect)
    return std::make_unique<DefectiveEcho>(*options.defect, std::move(connection), std::move(front),
                                           std::move(options.rooms), now);
  return Echo(std::move(connection), std::move(front), std::move(options.rooms), now);
}

// The right one or the wrong one: both have the same verbs.
template <typename Variant, typename Ask>
decltype(auto) on(Variant& echo, Ask ask) {
  if (auto* right = std::get_if<Echo>(&echo)) return ask(*right);
  return ask(*std::get<std::unique_ptr<DefectiveEcho>>(echo));
}

}  // namespace

EchoEndpoint::EchoEndpoint(EchoOptions options, Instant now)
    : visit_(std::make_shared<Visit>(Visit{.client = options.client})),
      echo_(echo_of(std::move(options), visit_, now)) {}

void EchoEndpoint::receive(std::span<std::uint8_t> bytes) {
  on(echo_, [&](auto& echo) { echo.receive(bytes); });
}

bool EchoEndpoint::work(std::span<std::uint8_t>& bytes, std::size_t most) {
  return on(echo_, [&](auto& echo) { return echo.work(bytes, most); });
}

std::size_t EchoEndpoint::appetite() const {
  return on(echo_, [&](auto& echo) { return echo.appetite(); });
}

void EchoEndpoint::receive_end() {
  on(echo_, [&](auto& echo) { echo.receive_end(); });
}

void EchoEndpoint::tick(Instant now) {
  on(echo_, [&](auto& echo) { echo.tick(now); });
}

std::optional<Instant> EchoEndpoint::next_deadline() const {
  return on(echo_, [&](auto& echo) { return echo.next_deadline(); });
}

Bytes EchoEndpoint::take_output() {
  return on(echo_, [&](auto& echo) { return echo.take_output(); });
}

ChatMember* EchoEndpoint::deliveries() const {
  return on(echo_, [&](auto& echo) { return echo.deliveries(); });
}

bool EchoEndpoint::is_held_up() const {
  return on(echo_, [&](auto& echo) { return echo.is_held_up(); });
}

bool EchoEndpoint::wants_close() const {
  return on(echo_, [&](auto& echo) { return echo.wants_close(); });
}

void EchoEndpoint::shut_down() {
  on(echo_, [&](auto& echo) { echo.shut_down(); });
}

std::optional<PasswordCheck> EchoEndpoint::take_check() {
  return on(echo_, [&](auto& echo) { return echo.take_check(); });
}

void EchoEndpoint::checked(bool right) {
  on(echo_, [&](auto& echo) { echo.checked(right); });
}

void EchoEndpoint::dismiss(std::uint16_t code, std::string_view reason) {
  on(echo_, [&](auto& echo) { echo.dismiss(code, reason); });
}

void EchoEndpoint::refuse(std::uint16_t code, std::string_view reason) {
  on(echo_, [&](auto& echo) { echo.refuse(code, reason); });
}

void EchoEndpoint::rest() {
  on(echo_, [&](auto& echo) { echo.rest(); });
}

std::size_t EchoEndpoint::held() const {
  return on(echo_, [&](auto& echo) { return echo.held(); });
}

std::optional<Duration> EchoEndpoint::round_trip() const {
  return on(echo_, [&](auto& echo) { return echo.round_trip(); });
}

std::optional<RequestRecord> EchoEndpoint::take_request() {
  if (!visit_->request || visit_->request->status == 0) return std::nullopt;
  return std::move(*std::exchange(visit_->request, nullptr));
}

const Traffic& EchoEndpoint::sent() const {
  return on(echo_, [](auto& echo) -> const Traffic& { return echo.sent(); });
}

const EchoCounters& EchoEndpoint::counters() const {
  return on(echo_, [&](auto& echo) -> const EchoCounters& { return echo.counters(); });
}

}  // namespace wsconform
