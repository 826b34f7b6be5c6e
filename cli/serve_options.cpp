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
                      "Serves wss:// with the certificate, and its chain, in this PEM file")
          ->type_name("FILE");
  CLI::Option* key =
      command.add_option("--tls-key", to.key, "PEM file with the private key of the certificate")
          ->type_name("FILE");
  certificate->needs(key);
  key->needs(certificate);
  command
      .add_option("--tls-client-ca", to.client_authorities,
                  "Asks clients for a certificate that was issued by an authority in this PEM file")
      ->type_name("FILE")
      ->needs(certificate);
  command
      .add_flag("--tls-dev", to.development_tls,
                "Serves wss:// with a certificate for localhost that is made at the start")
      ->excludes(certificate);
}

void add_limits(CLI::App& command, ServeSettings& to) {
  EchoOptions& echo = to.server.echo;
  const auto limit = [&](const char* name, auto& value, const char* says) {
    return command.add_option(name, value, says)->capture_default_str()->check(whole_number(1));
  };
  limit("--max-message", echo.limits.max_message, "Most payload bytes in a message");
  limit("--max-frame", echo.limits.max_frame, "Most payload bytes in a frame");
  limit("--max-fragments", echo.limits.max_fragments, "Most frames in a message");
  limit("--max-head", echo.limits.max_head, "Most bytes in the head of a request");
  limit("--max-connections", to.server.max_connections,
        "Most clients at a time; others are refused with 503");
  limit("--max-per-address", to.server.max_per_address,
        "Most clients from one address; others are refused with 503")
      ->default_str("unlimited");
  limit(
      "--max-waiting", to.server.max_waiting,
      "Most connections that have not finished the handshake; the oldest makes room for a new one");
  limit("--max-memory", to.server.max_memory,
        "Most bytes held for all connections; beyond that, those that hold most are refused");
  limit("--max-rooms", to.server.chat.rooms,
        "Most chat rooms at a time; others are refused with 503");
  limit(
      "--max-backlog", to.server.chat.backlog,
      "Most bytes that may wait for a member of a room; one that stays behind is closed with 1008");
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
  add_choice(command, "--log-level", to.level, log_levels(), "Logs this and anything worse",
             "info");
  add_choice(command, "--log-form", to.form, log_forms(),
             "Logs each event as a line of text or of JSON", "text");
  command
      .add_option("--access-log", to.access_file,
                  "Appends requests and closes to this file (default: standard error)")
      ->type_name("FILE");
  command
      .add_option("--error-log", to.error_file,
                  "Appends what goes wrong to this file (default: standard error)")
      ->type_name("FILE");
}

void add_options(CLI::App& command, ServeSettings& to) {
  EchoOptions& echo = to.server.echo;
  // Stands first: what other options say is said over it, wherever they stand.
  command
      .add_option_function<std::string>(
          "--config",
          [&to](const std::string& file) { read_serve_config(JsonSource::read(file), to); },
          "JSON file that says what is served, and to whom; other options override it")
      ->type_name("FILE");
  command.add_option("--port", to.server.port, "Port to listen on; 0 chooses a free one")
      ->check(whole_number(0, 65535))
      ->capture_default_str();
  command
      .add_option("--bind", to.server.address,
                  "Address to listen on; a name stands for all its addresses")
      ->capture_default_str();
  add_tls_options(command, to);
  command
      .add_option("--subprotocol", echo.policy.subprotocols,
                  "Speaks this subprotocol; may be repeated")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command
      .add_option_function<std::vector<std::string>>(
          "--chat",
          [&to](const std::vector<std::string>& paths) {
            for (const std::string& path : paths) to.chats.push_back(*resource_path(path));
          },
          "Serves a chat at this path: messages go to everybody in the room. Each path below it is "
          "another room; may be repeated")
      ->type_name("PATH")
      ->allow_extra_args(false)
      ->check(CLI::Validator(
          [](const std::string& path) {
            return resource_path(path) ? std::string()
                                       : "a path begins with / and has no query and no spaces";
          },
          ""));
  add_limits(command, to);
  add_log_options(command, to.log);
  command
      .add_option("--keep-alive", to.keep_alive,
                  "Sends a Ping after so many seconds of silence; 0: never")
      ->type_name("SECONDS")
      ->check(number(0, 86400, "seconds"))
      ->capture_default_str();
  command.add_flag("!--no-status", to.server.status.served,
                   "Does not serve /status, /status.json, /metrics and /healthz");
  command
      .add_option(
          "--administrator", to.server.status.administrators,
          "User who may see and close the clients; may be repeated (default: every user with a "
          "password)")
      ->type_name("USER")
      ->allow_extra_args(false);
  command.add_flag("!--no-deflate", echo.deflate, "Does not agree to permessage-deflate");
  command.add_option("--defect", to.defect, "Misbehaves in this one way")->type_name("ID");
  command.add_flag("--list-defects", to.list_defects,
                   "Lists the ways in which it can misbehave, and ends");
}

// Whom it lets in.
void add_access_options(CLI::App& command, ServeSettings& to) {
  AccessPolicy& access = to.access;
  const auto list = [&](const char* name, auto& values, const char* type, const char* says) {
    command.add_option(name, values, says)->type_name(type)->allow_extra_args(false);
  };
  list("--origin", access.origins, "ORIGIN", "Accepts this Origin; may be repeated (default: any)");
  command
      .add_flag("--require-origin", access.origin_required, "Also refuses a request without Origin")
      ->needs("--origin");
  list("--basic", access.users, "USER:PASSWORD",
       "Asks for these credentials (HTTP Basic); may be repeated");
  command
      .add_option(
          "--passwords", to.passwords,
          "File of users, one line of `wsconform passwd` each. They log in with a password at "
          "/basic, with a cookie at /cookie, with a ticket at /ticket")
      ->type_name("FILE");
  command.add_option("--cookie", to.cookie, "Asks for this cookie")->type_name("NAME=VALUE");
  list("--ticket", access.tickets, "TICKET", "Asks for this ticket in the query; may be repeated");
  list("--expired-ticket", access.expired_tickets, "TICKET",
       "Refuses this ticket as expired; may be repeated");
  command
      .add_option("--ticket-parameter", access.ticket_parameter,
                  "Parameter of the query that holds the ticket")
      ->type_name("NAME")
      ->capture_default_str();
  command.add_flag("--single-use", access.single_use, "Accepts each ticket only once")
      ->needs("--ticket");
  command.add_flag(
      "--own-paths", access.own_paths,
      "Asks for each of these only at its own path: /origin, /origin-required, /basic, "
      "/cookie, /ticket; everything else is open");
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
