#include "cli/serve_options.h"

#include <map>
#include <string>

#include "cli/number_range.h"
#include "cli/serve_config.h"

namespace wsconform {
namespace {

void add_tls_options(CLI::App& command, ServeSettings& to) {
  CLI::Option* certificate =
      command
          .add_option("--tls-certificate", to.certificate,
                      "Serves wss://, with this PEM file of a certificate and its chain")
          ->type_name("FILE");
  CLI::Option* key =
      command.add_option("--tls-key", to.key, "PEM file of the certificate's private key")
          ->type_name("FILE");
  certificate->needs(key);
  key->needs(certificate);
  command
      .add_option("--tls-client-ca", to.client_authorities,
                  "Asks clients for a certificate that one of this PEM file vouches for")
      ->type_name("FILE")
      ->needs(certificate);
  command
      .add_flag("--tls-dev", to.development_tls,
                "Serves wss://, with a certificate for localhost made at the start")
      ->excludes(certificate);
}

void add_limits(CLI::App& command, ServeSettings& to) {
  EchoOptions& echo = to.server.echo;
  const auto limit = [&](const char* name, auto& value, const char* says) {
    return command.add_option(name, value, says)->capture_default_str()->check(whole_number(1));
  };
  limit("--max-message", echo.limits.max_message, "Payload bytes of a message");
  limit("--max-frame", echo.limits.max_frame, "Payload bytes of a frame");
  limit("--max-fragments", echo.limits.max_fragments, "Frames of a message");
  limit("--max-head", echo.limits.max_head, "Bytes of a request's head");
  limit("--max-connections", to.server.max_connections,
        "Clients at once; more are refused with 503");
  limit("--max-per-address", to.server.max_per_address,
        "Clients of one address; more are refused with 503")
      ->default_str("no bound");
  limit("--max-waiting", to.server.max_waiting,
        "Connections whose handshake is not done; the oldest goes for a new one");
  limit("--max-memory", to.server.max_memory,
        "Bytes held for all connections; beyond, those that hold most are refused");
  limit("--max-rooms", to.server.chat.rooms, "Rooms of chats at once; more are refused with 503");
  limit("--max-backlog", to.server.chat.backlog,
        "Bytes that wait for a member of a room; who stays behind is closed with 1008");
}

// An option that takes one of these words.
template <typename Value>
void add_choice(CLI::App& command, const char* name, Value& to,
                const std::map<std::string, Value>& values, const char* says,
                const char* otherwise) {
  std::string words;
  for (const auto& [word, value] : values) words += (words.empty() ? "" : "|") + word;
  command
      .add_option_function<std::string>(
          name, [&to, &values](const std::string& word) { to = values.at(word); }, says)
      ->check(CLI::Validator(
          [&values, words](const std::string& word) {
            return values.contains(word) ? std::string() : "give one of " + words;
          },
          ""))
      ->type_name(words)
      ->default_str(otherwise);
}

void add_log_options(CLI::App& command, LogOptions& to) {
  add_choice(command, "--log-level", to.level, log_levels(),
             "What is logged: this and what is worse", "info");
  add_choice(command, "--log-form", to.form, log_forms(), "How: a line of text, or of JSON",
             "text");
  command
      .add_option("--access-log", to.access_file,
                  "Appends requests and closes to this file; else to standard error")
      ->type_name("FILE");
  command
      .add_option("--error-log", to.error_file, "Appends what goes wrong; else to standard error")
      ->type_name("FILE");
}

void add_options(CLI::App& command, ServeSettings& to) {
  EchoOptions& echo = to.server.echo;
  // Stands first: what other options say is said over it, wherever they stand.
  command
      .add_option_function<std::string>(
          "--config",
          [&to](const std::string& file) { read_serve_config(JsonSource::read(file), to); },
          "A JSON file that says what is served; what the other options say wins")
      ->type_name("FILE");
  command.add_option("--port", to.server.port, "Port to listen on; 0 takes one that is free")
      ->check(whole_number(0, 65535))
      ->capture_default_str();
  command
      .add_option("--bind", to.server.address,
                  "Address to listen on, or a name: each address that it has")
      ->capture_default_str();
  add_tls_options(command, to);
  command
      .add_option("--subprotocol", echo.policy.subprotocols,
                  "A subprotocol that it speaks; may be repeated")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command
      .add_option_function<std::vector<std::string>>(
          "--chat",
          [&to](const std::vector<std::string>& paths) {
            for (const std::string& path : paths) to.chats.push_back(*resource_path(path));
          },
          "A path where messages go to all in the room; each path below it is another room. May be "
          "repeated")
      ->type_name("PATH")
      ->allow_extra_args(false)
      ->check(CLI::Validator(
          [](const std::string& path) {
            return resource_path(path)
                       ? std::string()
                       : "is no path: it begins with / and has neither query nor spaces";
          },
          ""));
  add_limits(command, to);
  add_log_options(command, to.log);
  command
      .add_option("--keep-alive", to.keep_alive,
                  "Seconds of silence after which it sends a Ping; 0: never")
      ->type_name("SECONDS")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command.add_flag("!--no-status", to.server.status.served,
                   "Serve neither /status, /status.json, /metrics nor /healthz");
  command
      .add_option("--administrator", to.server.status.administrators,
                  "A user who may see the clients and close them; may be repeated. None: each who "
                  "has a password")
      ->type_name("USER")
      ->allow_extra_args(false);
  command.add_flag("!--no-deflate", echo.deflate, "Agree to no permessage-deflate");
  command.add_option("--defect", to.defect, "A fault to plant, by its id")->type_name("ID");
  command.add_flag("--list-defects", to.list_defects,
                   "List the faults that can be planted, and end");
}

// Whom it lets in.
void add_access_options(CLI::App& command, ServeSettings& to) {
  AccessPolicy& access = to.access;
  const auto list = [&](const char* name, auto& values, const char* type, const char* says) {
    command.add_option(name, values, says)->type_name(type)->allow_extra_args(false);
  };
  list("--origin", access.origins, "ORIGIN",
       "An Origin that it accepts; may be repeated. None: any");
  command
      .add_flag("--require-origin", access.origin_required, "Refuses a request without Origin, too")
      ->needs("--origin");
  list("--basic", access.users, "USER:PASSWORD",
       "Credentials that it asks for (Basic); may be repeated");
  command
      .add_option("--passwords", to.passwords,
                  "A file of users, a line of `wsconform passwd` each: one may show who one is at "
                  "/basic, /cookie and /ticket")
      ->type_name("FILE");
  command.add_option("--cookie", to.cookie, "A cookie that it asks for")->type_name("NAME=VALUE");
  list("--ticket", access.tickets, "TICKET",
       "A ticket that it asks for in the query; may be repeated");
  list("--expired-ticket", access.expired_tickets, "TICKET", "One that has expired");
  command.add_option("--ticket-parameter", access.ticket_parameter, "Where in the query")
      ->type_name("NAME")
      ->capture_default_str();
  command.add_flag("--single-use", access.single_use, "A ticket serves once")->needs("--ticket");
  command.add_flag(
      "--own-paths", access.own_paths,
      "Each of these only at /origin, /origin-required, /basic, /cookie or /ticket; all "
      "else is open");
}

}  // namespace

void add_serve_options(CLI::App& command, ServeSettings& to) {
  add_options(command, to);
  add_access_options(command, to);
}

// In the order in which they were added, as when they were parsed: --config stands first.
void reread_serve_options(CLI::App& command, ServeSettings& settings) {
  ServeSettings before = settings;
  settings = ServeSettings();
  try {
    for (CLI::Option* each : command.get_options())
      if (each->count() > 0) each->run_callback();
  } catch (...) {
    settings = std::move(before);
    throw;
  }
}

}  // namespace wsconform
