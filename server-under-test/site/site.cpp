#include "server-under-test/site/site.h"

#include <algorithm>
#include <utility>

#include "server-under-test/site/normal_path.h"
#include "server-under-test/site/trial_page.h"

namespace wsconform {
namespace {

HttpAnswer not_found() {
  return refusal_with(404, "Nothing is served at this path.");
}

// A WebSocket URL as HTTP calls it, and the reverse: each client gets a scheme that it speaks.
std::string with_scheme_for(std::string location, bool websocket) {
  for (const auto& [http, ws] : {std::pair("http", "ws"), std::pair("https", "wss")}) {
    const std::string from = std::string(websocket ? http : ws) + "://";
    if (location.starts_with(from))
      return std::string(websocket ? ws : http) + location.substr(from.size() - 3);
  }
  return location;
}

HttpAnswer redirection(const Resource& resource, std::string_view target, bool websocket) {
  std::string location = with_scheme_for(resource.location, websocket);
  const std::size_t query = target.find('?');
  if (query != target.npos && !location.contains('?')) location += target.substr(query);
  return refusal_with(resource.status, "What was asked for is at " + location, "Location",
                      location);
}

}  // namespace

Site::Site(WallClock clock) : Site(std::move(clock), {Resource{.below = true}}) {}

Site::Site(WallClock clock, std::vector<Resource> resources,
           std::shared_ptr<Authentication> authentication)
    : clock_(std::move(clock)), authentication_(std::move(authentication)) {
  for (Resource& each : resources) add(std::move(each));
}

void Site::add(Resource resource) {
  std::erase_if(resources_, [&](const Resource& each) { return each.path == resource.path; });
  const auto longer = [&](const Resource& each) { return each.path.size() > resource.path.size(); };
  resources_.insert(std::ranges::find_if_not(resources_, longer), std::move(resource));
}

const Resource* Site::find(std::string_view target) const {
  const auto path = normal_path(target);
  if (!path) return nullptr;
  const auto found = std::ranges::find_if(
      resources_, [&](const Resource& each) { return is_at_or_below(*path, each.path); });
  if (found == resources_.end() || (found->path != *path && !found->below)) return nullptr;
  return &*found;
}

std::optional<std::variant<PasswordCheck, HttpAnswer>> Site::begin_check(const HttpHead& request,
                                                                         std::string_view body,
                                                                         const Client& client) {
  const Resource* resource = resource_of(request);
  if (resource == nullptr || !authentication_) return std::nullopt;
  const bool posts = resource->takes_password && request.start_line.starts_with("POST ");
  if (!resource->guard.basic && !posts) return std::nullopt;
  auto sent = basic_credentials(request);
  if (!sent && posts && request.count("Authorization") == 0) sent = form_credentials(body);
  if (!sent) return std::nullopt;
  return authentication_->begin_check(std::move(*sent), client);
}

void Site::check_succeeded(const Client& client) {
  authentication_->succeeded(client);
}

HttpAnswer Site::answer(const PlainRequest& request) const {
  const Resource* resource = find(request.target);
  if (resource == nullptr) return not_found();
  if (resource->service == Service::redirect) return redirection(*resource, request.target, false);
  if (request.method == "OPTIONS") return allowed_methods(resource->methods);
  const std::string method = request.method == "HEAD" ? "GET" : request.method;
  if (std::ranges::count(resource->methods, method) == 0)
    return method_not_allowed(resource->methods);
  if (resource->guard.basic && request.user.empty()) return Authentication::challenge();
  return resource->service == Service::page || method != "GET"
             ? resource->page(request)
             : trial_page(*resource, authentication_ ? &authentication_->options() : nullptr);
}

std::optional<HttpAnswer> Site::refusal_of(const HttpHead& handshake, Visit& visit) const {
  const auto line = parse_request_line(handshake.start_line);
  const std::string_view target = line ? line->target : std::string_view();
  visit.target = path_in(target);
  if (!normal_path(target)) return refusal_with(400, "The path cannot be read.");
  const Resource* resource = find(target);
  if (resource == nullptr) return not_found();
  if (resource->service == Service::redirect) return redirection(*resource, target, true);
  if (resource->service == Service::page)
    return refusal_with(404, "No WebSocket is served at this path.");
  visit.enters_room = resource->service == Service::chat;
  return refusal_by(resource->guard, handshake, visit);
}

std::optional<HttpAnswer> Site::refusal_by(const Guard& guard, const HttpHead& handshake,
                                           Visit& visit) const {
  OriginRule origin = guard.origin.value_or(OriginRule{});
  origin.own = origin.own || guard.session;
  if ((guard.origin || guard.session) && !is_allowed(handshake, visit.client.tls, origin))
    return refusal_with(403, "The origin is not let in.");
  if (guard.basic && visit.user.empty()) return Authentication::challenge();
  if (guard.session)
    if (auto refusal = authentication_->refusal_by_session(handshake, visit)) return refusal;
  return guard.ticket ? authentication_->refusal_by_ticket(handshake, visit) : std::nullopt;
}

void Site::complete(HttpHead& answer) const {
  answer.add("Date", http_date(clock_()));
  answer.add("Server", "wsconform");
}

void Site::complete(Bytes& written, const Visit& visit) const {
  constexpr std::string_view line_end = "\r\n";
  const std::string_view text = text_of(written);
  const std::size_t end = text.find("\r\n\r\n");
  if (end == text.npos) return;
  HttpHead more;
  const auto status = parse_status_line(text.substr(0, text.find(line_end)));
  if (!status || status->code != 101) {
    complete(more);
  } else if (const Resource* resource = find(visit.target)) {
    more.fields = resource->fields;
  }
  std::string lines;
  for (const FieldLine& line : more.fields) lines.append(line.raw).append(line_end);
  const auto at = written.begin() + static_cast<std::ptrdiff_t>(end + line_end.size());
  written.insert(at, lines.begin(), lines.end());
}

const Resource* Site::resource_of(const HttpHead& request) const {
  const auto line = parse_request_line(request.start_line);
  return line ? find(line->target) : nullptr;
}

}  // namespace wsconform
