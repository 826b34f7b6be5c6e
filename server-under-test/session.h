// One TCP connection of the reference server: brings bytes and time to an EchoEndpoint, and
// its bytes back. What is much work is done in slices, behind those of others.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/thread_pool.hpp>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "server-under-test/channel.h"
#include "server-under-test/client_record.h"
#include "server-under-test/server_options.h"
#include "server-under-test/status/chronicle.h"

namespace wsconform {

class Session : public std::enable_shared_from_this<Session> {
 public:
  // What a session asks of its server, which outlives it.
  class Host {
   public:
    // For what one read gives; of all sessions, until the callback returns.
    virtual std::span<std::uint8_t> buffer() = 0;
    virtual const TlsContext* tls() const = 0;
    virtual const ServerOptions& options() const = 0;
    // Where passwords are checked.
    virtual boost::asio::thread_pool& checkers() = 0;
    // Calls `slice` once, after whatever is ready now.
    virtual void work_later(std::shared_ptr<Session> session) = 0;
    // Calls `wake` at the instant.
    virtual void wake_at(std::uint64_t id, Instant at) = 0;
    // Something that waited in its room has been sent.
    virtual void delivered() = 0;
    // The session holds so many bytes of memory now. May refuse sessions, this one too.
    virtual void hold(std::uint64_t id, std::size_t bytes) = 0;
    // A request of it was answered.
    virtual void answered(std::uint64_t id, const RequestRecord& request) = 0;
    virtual void happened(std::uint64_t id, Incident incident, std::string_view detail) = 0;
    // The session is over.
    virtual void forget(std::uint64_t id) = 0;

   protected:
    ~Host() = default;
  };

  Session(std::uint64_t id, Outbox::Socket socket, EchoOptions options, Host& host);

  // Begins; `*this` is owned by a shared_ptr.
  void start() { go_on(); }
  // There is something to be done for it, by its room or by what came: asks for a slice.
  void hear();
  // A slice of the work that work_later was asked for.
  void slice();
  // An instant that wake_at was asked for has come.
  void wake();
  // Close 1001 (RFC 6455 §7.4.1).
  void shut_down();
  // There is no memory for it: 1009 where it holds the beginning of a message, else 1013.
  void refuse();
  // There is no memory for what waits in its room: 1013.
  void refuse_room();
  // Drops the connection.
  void abort();
  // Closes the WebSocket with 1008 (RFC 6455 §7.4.1).
  void show_out(std::string_view reason);
  // It has opened a WebSocket.
  bool is_client() const { return opened_at_ != Instant::min(); }
  // As a client.
  ClientRecord record() const {
    return record_of(id_, endpoint_, std::chrono::steady_clock::now() - opened_at_);
  }
  const EchoEndpoint& endpoint() const { return endpoint_; }

 private:
  enum class Stage {
    serving,
    flushing,  // what is to be sent goes out
    draining,  // our end of TCP is out, the client's is awaited
    over,
  };

  void readable();
  void writable();
  void go_on();
  void finish();
  void await_read();
  void await_write();
  void take(std::span<std::uint8_t> bytes);
  void work(std::span<std::uint8_t> bytes, std::size_t most);
  void check_password();
  void checked(bool right);
  void react();
  void tell_request();
  void tell_of_falling_behind();
  void send();
  void write();
  void account();
  void watch_deadline();
  std::optional<Instant> next_deadline() const;
  std::size_t unsent() const { return channel_.unsent(endpoint_.deliveries()); }
  bool is_full() const;
  bool has_work() const { return working_ || !rest_.empty(); }

  std::uint64_t id_ = 0;
  Host* host_ = nullptr;
  Channel channel_;
  EchoEndpoint endpoint_;
  Bytes rest_;                          // of what came, for the slices to come
  std::size_t taken_ = 0;               // bytes of rest_
  std::size_t held_ = 0;                // as it was told last
  Instant alarm_ = Instant::max();      // the earliest that is set
  Instant opened_at_ = Instant::min();  // when it became a client
  Instant received_ = Instant::min();   // when bytes came last
  Instant linger_ends_ = Instant::max();
  Stage stage_ = Stage::serving;
  bool working_ = false;   // the endpoint has more to do
  bool heavy_ = false;     // its last slice was used up
  bool queued_ = false;    // a slice is asked for
  bool checking_ = false;  // a password; nothing of this connection goes on
  bool awaits_read_ = false;
  bool awaits_write_ = false;
  bool rested_ = true;
  bool peer_ended_ = false;
  bool end_told_ = false;  // the endpoint knows that the peer ended
  bool behind_told_ = false;
};

}  // namespace wsconform
