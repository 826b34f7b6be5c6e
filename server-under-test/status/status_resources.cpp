#include "server-under-test/status/status_resources.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "server-under-test/site/access.h"
#include "server-under-test/status/metrics.h"
#include "server-under-test/status/status_page.h"

namespace wsconform {
namespace {

constexpr std::size_t clients_of_a_page = 200;  // some milliseconds of work
constexpr std::size_t clients_in_json = 500;

using Show = HttpAnswer (*)(Watched&, const PlainRequest&);

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = failed == std::errc() && end == text.data() + text.size();
  return whole ? std::optional(number) : std::nullopt;
}

std::uint64_t after_in(const PlainRequest& request) {
  const auto values = parameters_of(request.target, "after");
  return values.empty() ? 0 : number_in(values.front()).value_or(0);
}

bool wants_json(const HttpHead& request) {
  const std::string accepts = request.combined("Accept").value_or("");
  return accepts.contains("application/json") && !accepts.contains("text/html");
}

HttpAnswer uncached(HttpAnswer answer) {
  answer.head.add("Cache-Control", "no-store");
  return answer;
}

HttpAnswer show_json(Watched& server, const PlainRequest& request) {
  return uncached(
      content("application/json", status_json(server.status(after_in(request), clients_in_json))));
}

template <bool can_close>
HttpAnswer show_page(Watched& server, const PlainRequest& request) {
  HttpAnswer answer =
      wants_json(request.head)
          ? show_json(server, request)
          : status_page(server.status(after_in(request), clients_of_a_page), can_close);
  answer.head.add("Vary", "Accept");
  return answer;
}

HttpAnswer show_metrics(Watched& server, const PlainRequest&) {
  return uncached(content(metrics_type, metrics_text(server.status(0, 0))));
}

HttpAnswer close_client(Watched& server, const PlainRequest& request) {
  const auto values = parameters_of("?" + request.body, "id");
  const auto id = values.size() == 1 ? number_in(values.front()) : std::nullopt;
  if (!id) return refusal_with(400, "The form has to name one client by its id.");
  if (!server.show_out(*id)) return refusal_with(404, "There is no such client.");
  return refusal_with(303, "The client is shown out.", "Location", status_path);
}

std::function<HttpAnswer(const PlainRequest&)> page_of(const std::weak_ptr<Watched>& server,
                                                       Show show) {
  return [server, show](const PlainRequest& request) {
    const auto alive = server.lock();
    return alive ? show(*alive, request) : refusal_with(503, "The server goes away.");
  };
}

// `user` has shown a password; the list may be empty.
bool is_one_of(const std::string& user, const std::vector<std::string>& administrators) {
  return administrators.empty() || std::ranges::count(administrators, user) > 0;
}

HttpAnswer for_administrators_only() {
  return refusal_with(403, "Only administrators may do this.");
}

Resource shown(const char* path, const std::weak_ptr<Watched>& server, Show show,
               const StatusOptions& options, bool asks) {
  Resource resource{.path = path, .service = Service::page, .guard = {.basic = asks}};
  resource.page = page_of(server, show);
  if (asks)
    resource.page = [page = resource.page,
                     administrators = options.administrators](const PlainRequest& request) {
      return is_one_of(request.user, administrators) ? page(request) : for_administrators_only();
    };
  return resource;
}

Resource closing(const std::weak_ptr<Watched>& server, const StatusOptions& options,
                 const std::shared_ptr<Authentication>& authentication) {
  Resource resource{.path = status_close_path, .service = Service::page, .methods = {"POST"}};
  resource.takes_password = true;
  resource.page = [page = page_of(server, close_client), authentication,
                   administrators = options.administrators](const PlainRequest& request) {
    if (comes_from_elsewhere(request)) return refusal_to_elsewhere();
    const std::string user = authentication->user_of(request);
    if (user.empty()) return Authentication::challenge();
    return is_one_of(user, administrators) ? page(request) : for_administrators_only();
  };
  return resource;
}

}  // namespace

std::vector<Resource> status_resources(const std::weak_ptr<Watched>& server,
                                       const StatusOptions& options,
                                       const std::shared_ptr<Authentication>& authentication) {
  if (!options.served) return {};
  const bool asks = authentication != nullptr;
  std::vector<Resource> resources{
      shown(status_path, server, asks ? show_page<true> : show_page<false>, options, asks),
      shown(status_json_path, server, show_json, options, asks),
      shown("/metrics", server, show_metrics, options, false),
      {.path = "/healthz", .service = Service::page, .page = [](const PlainRequest&) {
         return uncached(content("text/plain; charset=utf-8", "ok\n"));
       }}};
  if (asks) resources.push_back(closing(server, options, authentication));
  return resources;
}

void serve_status(Site& site, const std::weak_ptr<Watched>& server, const StatusOptions& options) {
  for (Resource& each : status_resources(server, options, site.shared_authentication())) {
    const Resource* there = site.find(each.path);
    if (there == nullptr || there->path != each.path) site.add(std::move(each));
  }
}

}  // namespace wsconform
