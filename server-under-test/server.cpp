#include "server-under-test/server.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <unordered_set>
#include <utility>

#include "server-under-test/session.h"

namespace wsconform {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t buffer_size = 256 * 1024;

std::string name_of(const tcp::endpoint& endpoint) {
  const std::string address = endpoint.address().to_string();
  return endpoint.address().is_v6() ? fmt::format("[{}]:{}", address, endpoint.port())
                                    : fmt::format("{}:{}", address, endpoint.port());
}

tcp::endpoint endpoint_of(const ServerOptions& options) {
  error_code failed;
  const auto address = asio::ip::make_address(options.address, failed);
  if (failed) throw ListenError(fmt::format("\"{}\" is no address to listen on", options.address));
  return {address, options.port};
}

tcp::acceptor listen(asio::io_context& context, const tcp::endpoint& endpoint) try {
  tcp::acceptor acceptor(context);
  acceptor.open(endpoint.protocol());
  acceptor.set_option(tcp::acceptor::reuse_address(true));
  acceptor.bind(endpoint);
  acceptor.listen(asio::socket_base::max_listen_connections);
  return acceptor;
} catch (const boost::system::system_error& error) {
  throw ListenError(
      fmt::format("cannot listen on {}: {}", name_of(endpoint), error.code().message()));
}

std::chrono::sys_seconds wall_clock() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::string address_of(const tcp::socket& socket) {
  error_code gone;
  const auto endpoint = socket.remote_endpoint(gone);
  return gone ? std::string() : endpoint.address().to_string();
}

// A server has a site: without one of its own it echoes at every path.
ServerOptions with_site(ServerOptions options) {
  if (!options.echo.site) options.echo.site = std::make_shared<Site>(wall_clock);
  return options;
}

// The process or the system is out of something that the end of a connection gives back.
bool is_exhaustion(const error_code& failed) {
  return failed == asio::error::no_descriptors || failed == asio::error::no_buffer_space ||
         failed == asio::error::no_memory ||
         failed == boost::system::errc::too_many_files_open_in_system;
}

}  // namespace

class Server::Body : public std::enable_shared_from_this<Body> {
 public:
  Body(asio::io_context& context, ServerOptions options)
      : options_(with_site(std::move(options))),
        surroundings_{buffer_, options_.tls ? &*options_.tls : nullptr, options_.high_water,
                      options_.linger, &checkers_},
        acceptor_(listen(context, endpoint_of(options_))),
        room_(context),
        grace_(context) {}

  tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }
  bool has_tls() const { return options_.tls.has_value(); }
  std::size_t connections() const { return sessions_.size(); }

  void start() {
    watch_sessions();
    asio::co_spawn(acceptor_.get_executor(), accept_all(), asio::detached);
  }

  void stop_accepting() {
    error_code ignored;
    acceptor_.close(ignored);
    room_.cancel();
  }

  void shut_down(std::function<void()> gone) {
    stop_accepting();
    gone_ = std::move(gone);
    for (const auto& session : std::vector(sessions_.begin(), sessions_.end()))
      session->shut_down();
    if (sessions_.empty()) return tell_gone();
    grace_.expires_after(options_.grace);
    grace_.async_wait([self = shared_from_this()](error_code failed) {
      if (!failed) self->drop_all();
    });
  }

  void drop_all() {
    for (const auto& session : sessions_) session->abort();
    grace_.cancel();
  }

 private:
  asio::awaitable<void> accept_all() {
    const auto self = shared_from_this();
    while (acceptor_.is_open()) {
      error_code failed;
      tcp::socket socket(acceptor_.get_executor());
      co_await acceptor_.async_accept(socket, asio::redirect_error(asio::use_awaitable, failed));
      if (!failed) serve(std::move(socket));
      if (is_exhaustion(failed)) co_await wait_for_room();
    }
  }

  // Until a connection ends, or a while later: what is missing may be another process's.
  asio::awaitable<void> wait_for_room() {
    error_code ignored;
    room_.expires_after(std::chrono::milliseconds(100));
    co_await room_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }

  void serve(tcp::socket socket) {
    EchoOptions echo = options_.echo;
    echo.client = {address_of(socket), has_tls()};
    echo.full = sessions_.size() >= options_.max_connections;
    auto session = std::make_shared<Session>(std::move(socket), std::move(echo), surroundings_);
    sessions_.insert(session);
    asio::co_spawn(
        acceptor_.get_executor(), session->run(),
        [self = shared_from_this(), session](const std::exception_ptr&) { self->forget(session); });
  }

  void forget(const std::shared_ptr<Session>& session) {
    sessions_.erase(session);
    room_.cancel();
    if (sessions_.empty() && !acceptor_.is_open()) tell_gone();
  }

  void tell_gone() {
    grace_.cancel();
    if (const auto gone = std::exchange(gone_, nullptr)) gone();
  }

  void watch_sessions() {
    Authentication* const authentication =
        options_.echo.site ? options_.echo.site->authentication() : nullptr;
    if (authentication == nullptr) return;
    authentication->on_revoked([weak = weak_from_this()](const std::string& id) {
      if (const auto self = weak.lock())
        for (const auto& session : self->sessions_) session->revoke(id);
    });
  }

  ServerOptions options_;
  asio::thread_pool checkers_{2};
  Bytes buffer_ = Bytes(buffer_size);
  Session::Surroundings surroundings_;
  tcp::acceptor acceptor_;
  asio::steady_timer room_;
  asio::steady_timer grace_;
  std::unordered_set<std::shared_ptr<Session>> sessions_;
  std::function<void()> gone_;
};

Server::Server(asio::io_context& context, ServerOptions options)
    : body_(std::make_shared<Body>(context, std::move(options))) {}

Server::~Server() {
  body_->stop_accepting();
  body_->drop_all();
}

std::uint16_t Server::port() const {
  return body_->endpoint().port();
}
std::string Server::url() const {
  return (body_->has_tls() ? "wss://" : "ws://") + name_of(body_->endpoint());
}
void Server::start() {
  body_->start();
}
void Server::shut_down(std::function<void()> gone) {
  body_->shut_down(std::move(gone));
}
std::size_t Server::connections() const {
  return body_->connections();
}

std::size_t raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  limit.rlim_cur = limit.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &limit) != 0) getrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

}  // namespace wsconform
