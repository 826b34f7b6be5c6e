#include "cli/serve_settings.h"

#include <fmt/format.h>

#include <algorithm>

#include "runner/input/input_error.h"
#include "runner/input/text_file.h"
#include "server-under-test/planted_defects.h"

namespace wsconform {
namespace {

std::chrono::sys_seconds wall_clock() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Accounts accounts_in(const std::string& file) {
  constexpr std::size_t most = 4 * 1024 * 1024;  // bytes
  auto accounts = Accounts::parse(read_text_file(file, most));
  if (!accounts) throw InputError(file, accounts.error().line, "", accounts.error().message);
  if (accounts->empty()) throw InputError(file, 0, "", "contains no user");
  return std::move(*accounts);
}

std::vector<Resource> default_resources(bool with_passwords) {
  std::vector<Resource> resources{{.below = true}};
  if (!with_passwords) return resources;
  resources.push_back({.path = "/basic", .guard = {.basic = true}});
  resources.push_back({.path = "/cookie", .guard = {.session = true}});
  resources.push_back({.path = "/ticket", .guard = {.ticket = true}});
  return resources;
}

using Flow = HttpAnswer (Authentication::*)(const PlainRequest&);

// A POST to the path does it, beside what else is served there.
void add_flow(std::vector<Resource>& resources, const std::string& path,
              const std::shared_ptr<Authentication>& authentication, Flow flow) {
  const auto found = std::ranges::find(resources, path, &Resource::path);
  const bool is_new = found == resources.end();
  Resource& resource =
      is_new
          ? resources.emplace_back(Resource{.path = path, .service = Service::page, .methods = {}})
          : *found;
  if (resource.service == Service::redirect || resource.page)
    throw UsageError(
        fmt::format("{} cannot be used to log in, log out or get tickets: a redirect or another of "
                    "these is already there.",
                    path));
  resource.methods.emplace_back("POST");
  resource.page = [authentication, flow](const PlainRequest& request) {
    return ((*authentication).*flow)(request);
  };
  resource.takes_password = true;
}

bool asks_who_it_is(const Resource& each) {
  return each.guard.basic || each.guard.session || each.guard.ticket;
}

std::vector<Resource> resources_of(const ServeSettings& settings) {
  std::vector<Resource> resources = settings.resources.empty()
                                        ? default_resources(!settings.passwords.empty())
                                        : settings.resources;
  for (const std::string& path : settings.chats) {
    std::erase_if(resources, [&](const Resource& each) { return each.path == path; });
    resources.push_back({.path = path, .below = true, .service = Service::chat});
  }
  return resources;
}

}  // namespace

const std::map<std::string, LogLevel>& log_levels() {
  static const std::map<std::string, LogLevel> levels{{"debug", LogLevel::debug},
                                                      {"info", LogLevel::info},
                                                      {"warning", LogLevel::warning},
                                                      {"error", LogLevel::error},
                                                      {"off", LogLevel::off}};
  return levels;
}

const std::map<std::string, LogForm>& log_forms() {
  static const std::map<std::string, LogForm> forms{{"text", LogForm::text},
                                                    {"json", LogForm::json}};
  return forms;
}

std::shared_ptr<Site> site_of(const ServeSettings& settings, const Site* before) {
  const bool with_passwords = !settings.passwords.empty();
  std::vector<Resource> resources = resources_of(settings);
  if (!with_passwords) {
    if (!settings.server.status.administrators.empty())
      throw UsageError(
          "Administrators need passwords: give a file of users with --passwords, or as "
          "\"passwords\" in the configuration.");
    const auto asking = std::ranges::find_if(resources, asks_who_it_is);
    if (asking != resources.end())
      throw UsageError(
          fmt::format("{} asks who its clients are: give a file of users with --passwords, or as "
                      "\"passwords\" in the configuration.",
                      asking->path));
    return std::make_shared<Site>(wall_clock, std::move(resources));
  }
  AuthenticationOptions options = settings.authentication;
  options.accounts = accounts_in(settings.passwords);
  options.key = random_bytes(32);
  const Defect* planted = defect_named(settings.defect);
  if (planted != nullptr && planted->authentication) planted->authentication(options);
  const auto authentication = std::make_shared<Authentication>(options, wall_clock);
  if (before != nullptr && before->authentication() != nullptr)
    authentication->go_on_from(*before->authentication());
  add_flow(resources, options.login_path, authentication, &Authentication::log_in);
  add_flow(resources, options.logout_path, authentication, &Authentication::log_out);
  add_flow(resources, options.ticket_path, authentication, &Authentication::give_ticket);
  return std::make_shared<Site>(wall_clock, std::move(resources), authentication);
}

}  // namespace wsconform
