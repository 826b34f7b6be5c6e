// wsconform serve: runs the reference server, right or wrong in one chosen way.
#include <fmt/format.h>
#include <malloc.h>
#include <CLI/CLI.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <iostream>
#include <memory>

#include "cli/commands.h"
#include "cli/nearest_ids.h"
#include "cli/number_range.h"
#include "cli/serve_config.h"
#include "cli/serve_settings.h"
#include "cli/service_manager.h"
#include "runner/input/input_error.h"
#include "server-under-test/planted_defects.h"
#include "server-under-test/server.h"

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
    command.add_option(name, value, says)->capture_default_str()->check(whole_number(1));
  };
  limit("--max-message", echo.limits.max_message, "Payload bytes of a message");
  limit("--max-frame", echo.limits.max_frame, "Payload bytes of a frame");
  limit("--max-fragments", echo.limits.max_fragments, "Frames of a message");
  limit("--max-head", echo.limits.max_head, "Bytes of a request's head");
  limit("--max-connections", to.server.max_connections,
        "Clients at once; more are refused with 503");
  limit("--max-per-address", to.server.max_per_address,
        "Clients of one address; more are refused with 503");
  limit("--max-waiting", to.server.max_waiting,
        "Connections whose handshake is not done; the oldest goes for a new one");
  limit("--max-memory", to.server.max_memory,
        "Bytes held for all connections; beyond, those that hold most are refused");
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
  add_limits(command, to);
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

// nullptr where everybody is let in.
std::shared_ptr<Access> access_of(const ServeSettings& command) {
  AccessPolicy policy = command.access;
  for (const std::string& each : policy.users)
    if (each.find(':') == std::string::npos)
      throw UsageError(fmt::format("--basic '{}' is not of the form USER:PASSWORD.", each));
  if (!command.cookie.empty()) {
    const std::size_t equals = command.cookie.find('=');
    if (equals == std::string::npos || !is_token(command.cookie.substr(0, equals)))
      throw UsageError(fmt::format("--cookie '{}' is not of the form NAME=VALUE.", command.cookie));
    policy.cookie_name = command.cookie.substr(0, equals);
    policy.cookie = command.cookie.substr(equals + 1);
  }
  const bool open = policy.origins.empty() && policy.users.empty() && policy.cookie_name.empty() &&
                    policy.tickets.empty();
  return open ? nullptr : std::make_shared<Access>(Access{std::move(policy), {}});
}

void list_defects() {
  for (const Defect& defect : defects()) std::cout << defect.id << "  " << defect.says << '\n';
}

const Defect* defect_of(const ServeSettings& command) {
  if (command.defect.empty()) return nullptr;
  if (const Defect* defect = defect_named(command.defect)) return defect;
  std::vector<std::string> ids;
  for (const Defect& defect : defects()) ids.push_back(defect.id);
  const auto nearest = nearest_ids(ids, command.defect);
  throw UsageError(nearest.empty()
                       ? fmt::format("There is no defect '{}': see --list-defects.", command.defect)
                       : fmt::format("There is no defect '{}'. Did you mean {}?", command.defect,
                                     fmt::join(nearest, ", ")));
}

// Room for the descriptors that are no connections.
void fit_to_descriptors(std::size_t& max_connections) {
  constexpr std::size_t others = 32;
  const std::size_t limit = raise_descriptor_limit();
  if (limit > others) max_connections = std::min(max_connections, limit - others);
}

TlsContext tls_of(const ServeSettings& command) {
  return TlsContext::server(command.certificate, command.key, command.client_authorities);
}

// From the command's files, or made now.
std::optional<TlsContext> first_tls_of(const ServeSettings& command) {
  if (!command.certificate.empty()) return tls_of(command);
  if (!command.development_tls) return std::nullopt;
  const DevelopmentCertificate made = make_development_certificate();
  std::cout << "Certificate for development, SHA-256 " << made.fingerprint << '\n';
  return TlsContext::server(made);
}

// SIGHUP: the files of certificates are read again; where they cannot be used, the old ones stay.
// SIGUSR1 and SIGUSR2 do nothing.
void reread_on(boost::asio::signal_set& signals, const ServeSettings& command, Server& server) {
  signals.async_wait([&](boost::system::error_code failed, int number) {
    if (failed) return;
    if (number == SIGHUP && !command.certificate.empty()) {
      try {
        server.use(tls_of(command));
        std::cout << "Certificates were read again" << std::endl;
      } catch (const TlsConfigurationError& error) {
        std::cerr << error.what() << " The certificates in use stay.\n";
      }
    }
    reread_on(signals, command, server);
  });
}

// The first signal says goodbye to every client, the second waits for none.
void end_on(boost::asio::signal_set& signals, boost::asio::signal_set& others,
            boost::asio::io_context& loop, Server& server) {
  signals.async_wait([&](boost::system::error_code failed, int) {
    if (failed) return;
    tell_manager("STOPPING=1");
    signals.async_wait([&loop](boost::system::error_code again, int) {
      if (!again) loop.stop();
    });
    server.shut_down([&] {
      signals.cancel();
      others.cancel();
    });
  });
}

// Blocks from this size on go back to the system when they are freed; glibc would raise it.
void give_memory_back() {
  mallopt(M_MMAP_THRESHOLD, 64 * 1024);
  mallopt(M_TRIM_THRESHOLD, 1024 * 1024);
}

void serve(const ServeSettings& command) {
  give_memory_back();
  ServerOptions options = command.server;
  fit_to_descriptors(options.max_connections);
  options.echo.defect = defect_of(command);
  options.tls = first_tls_of(command);
  options.sockets = take_sockets_given();
  options.echo.access = access_of(command);
  options.echo.site = site_of(command);
  options.echo.deadlines.idle = from_seconds(command.keep_alive);
  boost::asio::io_context loop{1};
  Server server(loop, std::move(options));
  server.start();
  boost::asio::signal_set signals(loop, SIGINT, SIGTERM);
  boost::asio::signal_set others(loop, SIGHUP, SIGUSR1, SIGUSR2);
  end_on(signals, others, loop, server);
  reread_on(others, command, server);
  std::cout << "Listening on " << server.url() << std::endl;
  tell_manager("READY=1");
  loop.run();
}

}  // namespace

void add_serve(CLI::App& app, int&) {
  CLI::App& command = *app.add_subcommand("serve", "Run the reference server, which echoes");
  auto options = std::make_shared<ServeSettings>();
  add_options(command, *options);
  add_access_options(command, *options);
  command.callback([options] { options->list_defects ? list_defects() : serve(*options); });
}

}  // namespace wsconform
