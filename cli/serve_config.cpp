#include "cli/serve_config.h"

#include <algorithm>
#include <filesystem>

#include "cli/serve_schema.h"
#include "runner/input/json_node.h"
#include "server-under-test/site/normal_path.h"

namespace wsconform {
namespace {

std::string file_beside(const JsonNode& node) {
  const std::filesystem::path config = node.reading().source.path();
  return (config.parent_path() / node.text()).string();
}

}  // namespace

std::optional<std::string> resource_path(const std::string& text) {
  if (!text.starts_with('/') || text.find_first_of("?# ") != std::string::npos) return std::nullopt;
  return normal_path(text);
}

namespace {

// The path in the one form by which resources are found.
std::string read_path(const JsonNode& node, const std::string& text) {
  const auto path = resource_path(text);
  if (!path) node.fail("is not a path: a path begins with / and has no query and no spaces");
  return *path;
}

std::string path_at(const JsonNode& node, const char* member, const std::string& otherwise) {
  return node.has(member) ? read_path(node[member], node[member].text()) : otherwise;
}

std::string token_at(const JsonNode& node, const char* member, const std::string& otherwise) {
  if (!node.has(member)) return otherwise;
  if (!is_token(node[member].text()))
    node[member].fail("is not a token: no spaces, no separators (RFC 9110 §5.6.2)");
  return node[member].text();
}

std::chrono::seconds seconds_at(const JsonNode& node, const char* member,
                                std::chrono::seconds otherwise) {
  const auto count = node.count_at(member, static_cast<std::uint64_t>(otherwise.count()));
  return std::chrono::seconds(count);
}

void read_header(const std::string& name, const JsonNode& value, std::vector<FieldLine>& fields) {
  if (!is_token(name)) value.fail("is not a name that a field can have");
  const HttpHead head = parse_head("HTTP/1.1 101 \r\n" + name + ": " + value.text() + "\r\n\r\n");
  if (!head.anomalies.empty() || head.fields.size() != 1)
    value.fail("contains a character that a field cannot have");
  fields.push_back(head.fields.front());
}

std::vector<FieldLine> read_headers(const JsonNode& node) {
  std::vector<FieldLine> fields;
  for (const auto& [name, value] : node.members()) {
    if (!value.value().is_array()) {
      read_header(name, value, fields);
    } else {
      for (const JsonNode& each : value.elements()) read_header(name, each, fields);
    }
  }
  return fields;
}

OriginRule read_origins(const JsonNode& node) {
  OriginRule rule{.required = node.flag_at("required", false)};
  for (const JsonNode& each : node["allowed"].elements()) {
    if (each.is("own")) {
      rule.own = true;
      continue;
    }
    const auto origin = normal_origin(each.text());
    if (!origin) each.fail(origin.error());
    rule.allowed.push_back(*origin);
  }
  return rule;
}

Guard read_guard(const JsonNode& node) {
  Guard guard;
  if (node.has("origins")) guard.origin = read_origins(node["origins"]);
  const std::vector<std::string> ways = node.texts_at("asks-for");
  guard.basic = std::ranges::count(ways, "basic") > 0;
  guard.session = std::ranges::count(ways, "session") > 0;
  guard.ticket = std::ranges::count(ways, "ticket") > 0;
  return guard;
}

std::string read_location(const JsonNode& node) {
  const std::string text = node.text();
  const auto is_url = [&](std::string_view scheme) { return text.starts_with(scheme); };
  const bool known = text.starts_with('/') || is_url("ws://") || is_url("wss://") ||
                     is_url("http://") || is_url("https://");
  const bool printable = std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7F'; });
  if (!known || !printable)
    node.fail("is neither a path nor a URL that begins with ws://, wss://, http:// or https://");
  return text;
}

Resource read_resource(const std::string& path, const JsonNode& node) {
  Resource resource{.path = read_path(node, path), .below = node.flag_at("below", false)};
  if (node.has("redirect")) {
    resource.service = Service::redirect;
    resource.location = read_location(node["redirect"]);
    resource.status = static_cast<int>(node.count_at("status", 307));
    return resource;
  }
  if (node.flag_at("chat", false)) resource.service = Service::chat;
  resource.guard = read_guard(node);
  if (node.has("headers")) resource.fields = read_headers(node["headers"]);
  return resource;
}

std::vector<Resource> read_resources(const JsonNode& node) {
  std::vector<Resource> resources;
  for (const auto& [path, value] : node.members()) {
    Resource resource = read_resource(path, value);
    if (std::ranges::count(resources, resource.path, &Resource::path) > 0)
      value.fail("is another spelling of a path that is already a resource");
    resources.push_back(std::move(resource));
  }
  return resources;
}

void read_limits(const JsonNode& node, ServerOptions& to) {
  Limits& limits = to.echo.limits;
  limits.max_message = node.count_at("max-message", limits.max_message);
  limits.max_frame = node.count_at("max-frame", limits.max_frame);
  limits.max_fragments = node.count_at("max-fragments", limits.max_fragments);
  limits.max_head = node.count_at("max-head", limits.max_head);
  to.max_connections = node.count_at("max-connections", to.max_connections);
  to.max_per_address = node.count_at("max-per-address", to.max_per_address);
  to.max_waiting = node.count_at("max-waiting", to.max_waiting);
  to.max_memory = node.count_at("max-memory", to.max_memory);
  to.chat.rooms = node.count_at("max-rooms", to.chat.rooms);
  to.chat.backlog = node.count_at("max-backlog", to.chat.backlog);
}

void read_log(const JsonNode& node, LogOptions& to) {
  if (node.has("level")) to.level = log_levels().at(node["level"].text());
  if (node.has("form")) to.form = log_forms().at(node["form"].text());
  if (node.has("access")) to.access_file = file_beside(node["access"]);
  if (node.has("error")) to.error_file = file_beside(node["error"]);
}

void read_status(const JsonNode& root, StatusOptions& to) {
  if (!root.has("status")) return;
  const JsonNode status = root["status"];
  to.served = status.value().is_object() || root.flag_at("status", true);
  if (to.served) to.administrators = status.texts_at("administrators");
}

void read_tls(const JsonNode& node, ServeSettings& to) {
  to.development_tls = node.has("development");
  if (to.development_tls) return;
  to.certificate = file_beside(node["certificate"]);
  to.key = file_beside(node["key"]);
  if (node.has("client-ca")) to.client_authorities = file_beside(node["client-ca"]);
}

void read_listening(const JsonNode& node, ServeSettings& to) {
  if (node.has("address")) to.server.address = node["address"].text();
  to.server.port = static_cast<std::uint16_t>(node.count_at("port", to.server.port));
  if (node.has("tls")) read_tls(node["tls"], to);
}

void read_conversation(const JsonNode& node, ServeSettings& to) {
  EchoOptions& echo = to.server.echo;
  if (node.has("subprotocols")) echo.policy.subprotocols = node.texts_at("subprotocols");
  if (node.has("subprotocols"))
    for (const JsonNode& each : node["subprotocols"].elements())
      if (!is_token(each.text()))
        each.fail("is not a token: no spaces, no separators (RFC 9110 §5.6.2)");
  echo.deflate = node.flag_at("deflate", echo.deflate);
  if (node.has("keep-alive")) to.keep_alive = static_cast<double>(node["keep-alive"].count());
  if (node.has("limits")) read_limits(node["limits"], to.server);
}

void read_authentication(const JsonNode& node, ServeSettings& to) {
  AuthenticationOptions& options = to.authentication;
  if (node.has("passwords")) to.passwords = file_beside(node["passwords"]);
  if (node.has("attempts")) {
    options.attempts = node["attempts"].count_at("most", options.attempts);
    options.attempts_window = seconds_at(node["attempts"], "seconds", options.attempts_window);
  }
  if (node.has("session")) {
    const JsonNode session = node["session"];
    options.cookie = token_at(session, "cookie", options.cookie);
    options.session_lifetime = seconds_at(session, "seconds", options.session_lifetime);
    options.login_path = path_at(session, "login", options.login_path);
    options.logout_path = path_at(session, "logout", options.logout_path);
  }
  if (!node.has("ticket")) return;
  const JsonNode ticket = node["ticket"];
  options.ticket_parameter = token_at(ticket, "parameter", options.ticket_parameter);
  options.ticket_lifetime = seconds_at(ticket, "seconds", options.ticket_lifetime);
  options.ticket_path = path_at(ticket, "path", options.ticket_path);
}

}  // namespace

void read_serve_config(const JsonSource& file, ServeSettings& to) {
  if (const auto fault = serve_schema().check(file.value()))
    file.fail(fault->pointer, fault->message);
  JsonReading reading{file};
  const JsonNode root(file.value(), reading, "");
  read_listening(root, to);
  read_conversation(root, to);
  read_authentication(root, to);
  read_status(root, to.server.status);
  if (root.has("log")) read_log(root["log"], to.log);
  if (root.has("resources")) to.resources = read_resources(root["resources"]);
}

}  // namespace wsconform
