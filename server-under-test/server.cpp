#include "server-under-test/server.h"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "server-under-test/alarm_clock.h"
#include "server-under-test/listening.h"
#include "server-under-test/memory_keeper.h"
#include "server-under-test/places.h"
#include "server-under-test/roster.h"
#include "server-under-test/session.h"
#include "server-under-test/turns.h"

namespace wsconform {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t buffer_size = 256 * 1024;

Acceptors acceptors_of(asio::io_context& context, const ServerOptions& options) {
  if (!options.sockets.empty()) return take_over(context, options.sockets);
  return listen_at(context, options.address, options.port);
}

std::chrono::sys_seconds wall_clock() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Places::Limits limits_of(const ServerOptions& options) {
  return {options.max_connections, options.max_per_address, options.max_waiting};
}

// A server has a site: without one of its own it echoes at every path.
ServerOptions with_site(ServerOptions options) {
  if (!options.echo.site) options.echo.site = std::make_shared<Site>(wall_clock);
  return options;
}

}  // namespace

class Server::Body final : public std::enable_shared_from_this<Body>,
                           public Session::Host,
                           public Watched {
 public:
  Body(asio::io_context& context, ServerOptions options)
      : rooms_(std::make_shared<ChatRooms>()),
        options_(with_site(std::move(options))),
        executor_(context.get_executor()),
        acceptors_(acceptors_of(context, options_)),
        room_(context),
        grace_(context),
        alarms_(std::make_shared<AlarmClock>(context, [this](std::uint64_t id) { wake(id); })),
        places_(limits_of(options_)),
        memory_(options_.max_memory, sessions_, *rooms_),
        turns_(std::make_shared<Turns>(executor_)) {
    rooms_->on_news([this](std::uint64_t id) { tell_news(id); });
  }
  ~Body() {
    alarms_->stop();
    rooms_->on_news(nullptr);
  }
  Body(const Body&) = delete;
  Body& operator=(const Body&) = delete;

  tcp::endpoint endpoint() const { return acceptors_.front().local_endpoint(); }
  bool has_tls() const { return options_.tls.has_value(); }
  std::size_t connections() const { return sessions_.size(); }

  void start() {
    set_up();
    for (tcp::acceptor& each : acceptors_)
      asio::co_spawn(executor_, accept_all(each), asio::detached);
  }

  void use(ServerOptions options) {
    options_ = with_site(std::move(options));
    memory_.limit(options_.max_memory);
    places_.limit(limits_of(options_));
    set_up();
    sessions_.show_out_strangers(options_.echo.site->authentication());
  }

  void stop_accepting() {
    error_code ignored;
    for (tcp::acceptor& each : acceptors_) each.close(ignored);
    room_.cancel();
  }

  void shut_down(std::function<void()> gone) {
    stop_accepting();
    gone_ = std::move(gone);
    for (const auto& session : sessions_.all()) session->shut_down();
    if (sessions_.size() == 0) return tell_gone();
    grace_.expires_after(options_.grace);
    grace_.async_wait([self = shared_from_this()](error_code failed) {
      if (!failed) self->drop_all();
    });
  }

  void drop_all() {
    for (const auto& session : sessions_.all()) session->abort();
    grace_.cancel();
  }

  std::span<std::uint8_t> buffer() override { return buffer_; }
  const TlsContext* tls() const override { return options_.tls ? &*options_.tls : nullptr; }
  const ServerOptions& options() const override { return options_; }
  asio::thread_pool& checkers() override { return checkers_; }

  void work_later(std::shared_ptr<Session> session) override { turns_->add(std::move(session)); }

  void wake_at(std::uint64_t id, Instant at) override { alarms_->set(id, at); }

  void hold(std::uint64_t id, std::size_t bytes) override { memory_.hold(id, bytes); }

  void delivered() override { memory_.count_rooms(); }

  void answered(std::uint64_t id, const RequestRecord& request) override {
    if (const auto session = sessions_.find(id))
      chronicle_.answered(id, session->endpoint().visit(), request);
  }

  void happened(std::uint64_t id, Incident incident, std::string_view detail) override {
    if (const auto session = sessions_.find(id))
      chronicle_.happened(id, session->endpoint().visit().client.address, incident, detail);
  }

  ServerStatus status(std::uint64_t after, std::size_t most) const override {
    ServerStatus status{.started = started_,
                        .now = wall_clock(),
                        .clients = places_.clients(),
                        .waiting = places_.waiting(),
                        .max_clients = options_.max_connections,
                        .max_per_address = options_.max_per_address,
                        .memory_held = memory_.held(),
                        .max_memory = options_.max_memory,
                        .tally = chronicle_.tally()};
    status.chat = {rooms_->size(), options_.chat.rooms, rooms_->members(), rooms_->said(),
                   rooms_->records(most)};
    sessions_.fill(status, after, most);
    return status;
  }

  bool show_out(std::uint64_t id) override {
    const auto session = sessions_.find(id);
    if (!session || !session->is_client()) return false;
    session->show_out("closed by an administrator");
    return true;
  }

  void forget(std::uint64_t id) override {
    if (const auto session = sessions_.find(id); session && session->is_client())
      chronicle_.ended(session->record(), ending_of(session->endpoint()));
    memory_.hold(id, 0);
    places_.leave(id);
    sessions_.remove(id);
    room_.cancel();
    if (sessions_.size() == 0 && !acceptors_.front().is_open()) tell_gone();
  }

 private:
  void tell_news(std::uint64_t id) {
    if (const auto session = sessions_.find(id)) session->hear();
    memory_.count_rooms();
  }

  asio::awaitable<void> accept_all(tcp::acceptor& acceptor) {
    const auto self = shared_from_this();
    while (acceptor.is_open()) {
      error_code failed;
      Outbox::Socket socket(executor_);
      co_await acceptor.async_accept(socket, asio::redirect_error(asio::use_awaitable, failed));
      if (!failed) serve(std::move(socket));
      if (failed && failed != asio::error::operation_aborted)
        chronicle_.cannot_accept(failed.message(), std::chrono::steady_clock::now());
      if (is_exhaustion(failed) && !drop_longest_waiting()) co_await wait_for_room();
    }
  }

  // Until a connection ends, or a while later: what is missing may be another process's.
  asio::awaitable<void> wait_for_room() {
    error_code ignored;
    room_.expires_after(std::chrono::milliseconds(100));
    co_await room_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }

  bool drop_longest_waiting() {
    const auto longest = places_.longest_waiting();
    if (longest) drop(*longest);
    return longest.has_value();
  }

  void wake(std::uint64_t id) {
    if (const auto session = sessions_.find(id)) session->wake();
  }

  void drop(std::uint64_t id) {
    if (const auto session = sessions_.find(id)) session->abort();
  }

  void serve(Outbox::Socket socket) {
    error_code gone;
    const tcp::endpoint peer = socket.remote_endpoint(gone);
    if (gone) return;
    chronicle_.accepted();
    const std::uint64_t id = ++last_id_;
    EchoOptions echo = options_.echo;
    const std::string address = peer.address().to_string();
    echo.client = {address, has_tls(), id};
    echo.rooms = rooms_;
    echo.takes_place = [this, id] { return places_.take(id) == Places::Answer::taken; };
    const auto session = std::make_shared<Session>(id, std::move(socket), std::move(echo), *this);
    sessions_.add(id, session);
    memory_.count_sessions();
    if (const auto oldest = places_.come(id, address)) drop(*oldest);
    session->start();
  }

  void tell_gone() {
    grace_.cancel();
    alarms_->stop();
    if (const auto gone = std::exchange(gone_, nullptr)) gone();
  }

  void set_up() {
    rooms_->limit(options_.chat);
    chronicle_.write_to(options_.log);
    watch_sessions();
    serve_status(*options_.echo.site, weak_from_this(), options_.status);
  }

  void watch_sessions() {
    Authentication* const authentication =
        options_.echo.site ? options_.echo.site->authentication() : nullptr;
    if (authentication == nullptr) return;
    authentication->on_revoked([weak = weak_from_this()](const std::string& id) {
      if (const auto self = weak.lock()) self->sessions_.show_out(id, "the session is over");
    });
  }

  std::shared_ptr<ChatRooms> rooms_;
  ServerOptions options_;
  asio::thread_pool checkers_{2};
  Bytes buffer_ = Bytes(buffer_size);
  asio::io_context::executor_type executor_;
  Acceptors acceptors_;
  asio::steady_timer room_;
  asio::steady_timer grace_;
  std::shared_ptr<AlarmClock> alarms_;
  Places places_;
  Chronicle chronicle_;
  std::chrono::sys_seconds started_ = wall_clock();
  std::uint64_t last_id_ = 0;
  Roster sessions_;
  MemoryKeeper memory_;
  std::shared_ptr<Turns> turns_;
  std::function<void()> gone_;
};

Server::Server(asio::io_context& context, ServerOptions options)
    : body_(std::make_shared<Body>(context, std::move(options))) {}

// NOLINTNEXTLINE(bugprone-exception-escape): a machine without memory for it ends here
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
void Server::use(ServerOptions options) {
  body_->use(std::move(options));
}
void Server::shut_down(std::function<void()> gone) {
  body_->shut_down(std::move(gone));
}
std::size_t Server::connections() const {
  return body_->connections();
}

}  // namespace wsconform
