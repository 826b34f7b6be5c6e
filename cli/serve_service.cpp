#include "cli/serve_service.h"

#include <fmt/format.h>
#include <malloc.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <exception>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>

#include "cli/nearest_ids.h"
#include "cli/service_manager.h"
#include "runner/input/input_error.h"
#include "server-under-test/planted_defects.h"
#include "server-under-test/server.h"

namespace wsconform {
namespace {

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

const Defect* defect_of(const ServeSettings& command) {
  if (command.defect.empty()) return nullptr;
  if (const Defect* defect = defect_named(command.defect)) return defect;
  std::vector<std::string> ids;
  for (const Defect& defect : defects()) ids.push_back(defect.id);
  const auto nearest = nearest_ids(ids, command.defect);
  throw UsageError(
      nearest.empty()
          ? fmt::format("There is no defect '{}'; --list-defects shows all.", command.defect)
          : fmt::format("There is no defect '{}'. Did you mean {}?", command.defect,
                        fmt::join(nearest, ", ")));
}

// Room for the descriptors that are no connections.
void fit_to_descriptors(std::size_t& max_connections) {
  constexpr std::size_t others = 32;
  const std::size_t limit = raise_descriptor_limit();
  if (limit > others) max_connections = std::min(max_connections, limit - others);
}

// Blocks from this size on go back to the system when they are freed; glibc would raise it.
void give_memory_back() {
  mallopt(M_MMAP_THRESHOLD, 64 * 1024);
  mallopt(M_TRIM_THRESHOLD, 1024 * 1024);
}

class RunningService {
 public:
  RunningService(ServeSettings& settings, const std::function<void()>& reread)
      : settings_(&settings), reread_(&reread), server_(loop_, first_options()) {}

  void run() {
    server_.start();
    await_end();
    await_others();
    std::cout << "Listening on " << server_.url() << std::endl;
    tell_manager("READY=1");
    loop_.run();
  }

 private:
  ServerOptions first_options() {
    ServerOptions options = options_of(*settings_);
    options.sockets = take_sockets_given();
    return options;
  }

  // With what lasts from one reading to the next: sessions and tickets that are out, tickets that
  // served, and the certificate for development.
  ServerOptions options_of(const ServeSettings& settings) {
    ServerOptions options = settings.server;
    fit_to_descriptors(options.max_connections);
    options.echo.defect = defect_of(settings);
    options.tls = tls_of(settings);
    options.log = std::make_shared<ServerLog>(settings.log);
    options.echo.access = access_of(settings);
    if (access_ && options.echo.access) options.echo.access->used_tickets = access_->used_tickets;
    options.echo.site = site_of(settings, site_.get());
    options.echo.deadlines.idle = from_seconds(settings.keep_alive);
    access_ = options.echo.access;
    site_ = options.echo.site;
    log_ = options.log;
    return options;
  }

  std::optional<TlsContext> tls_of(const ServeSettings& settings) {
    if (!settings.certificate.empty())
      return TlsContext::server(settings.certificate, settings.key, settings.client_authorities);
    if (!settings.development_tls) return std::nullopt;
    if (!development_) {
      development_ = make_development_certificate();
      std::cout << "Certificate for development, SHA-256 " << development_->fingerprint << '\n';
    }
    return TlsContext::server(*development_);
  }

  // The first signal says goodbye to every client, the second waits for none.
  void await_end() {
    ending_.async_wait([this](boost::system::error_code failed, int) {
      if (failed) return;
      tell_manager("STOPPING=1");
      ending_.async_wait([this](boost::system::error_code again, int) {
        if (!again) loop_.stop();
      });
      server_.shut_down([this] {
        ending_.cancel();
        others_.cancel();
      });
    });
  }

  void await_others() {
    others_.async_wait([this](boost::system::error_code failed, int number) {
      if (failed) return;
      if (number == SIGHUP) reread();
      await_others();
    });
  }

  void reread() {
    const ServeSettings before = *settings_;
    try {
      (*reread_)();
      server_.use(options_of(*settings_));
      log_->error(LogLevel::info, "reread", {});
      std::cout << "The configuration and its files were read again" << std::endl;
    } catch (const std::exception& error) {
      *settings_ = before;
      log_->error(LogLevel::error, "not-reread", {{"reason", error.what()}});
      std::cerr
          << "wsconform: the configuration was not read again, and the old one stays in force: "
          << error.what() << '\n';
    }
  }

  ServeSettings* settings_ = nullptr;
  const std::function<void()>* reread_ = nullptr;
  std::shared_ptr<Access> access_;
  std::shared_ptr<Site> site_;
  std::shared_ptr<ServerLog> log_;
  std::optional<DevelopmentCertificate> development_;
  boost::asio::io_context loop_{1};
  Server server_;
  boost::asio::signal_set ending_{loop_, SIGINT, SIGTERM};
  boost::asio::signal_set others_{loop_, SIGHUP, SIGUSR1, SIGUSR2};
};

}  // namespace

void run_service(ServeSettings& settings, const std::function<void()>& reread) {
  give_memory_back();
  RunningService(settings, reread).run();
}

}  // namespace wsconform
