// Carries a Conversation over TCP, or over TLS on it, on an Asio loop. All of one loop's drivers
// run on one thread.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/tls_session.h"
#include "runner/conversation/conversation.h"
#include "runner/suite/fresh_logins.h"
#include "runner/suite/read_watch.h"
#include "runner/suite/target_endpoint.h"

namespace wsconform {

class TcpDriver : public std::enable_shared_from_this<TcpDriver> {
 public:
  // `done` is called once, after every socket of the conversation is closed.
  using Done = std::function<void(TcpDriver&)>;

  // `target` and `pace` outlive it. `logins` may be null; else the conversation has its profile.
  TcpDriver(boost::asio::io_context& loop, const TargetEndpoint& target, const Pace& pace,
            std::shared_ptr<FreshLogins> logins, Conversation conversation, Done done);

  void start();
  // Ends the conversation with an error; `done` is called.
  void abandon(AtFault at_fault, std::string_view why);
  Conversation& conversation() { return conversation_; }
  // Since then nothing went either way, or next to nothing came.
  Instant quiet_since() const { return moved_; }

  // A conversation that a deadline ended is held back, its connection open, until it is released,
  // or until the target says something after all, late: only then `done` is called. Before start.
  void hold_back_deadlines() { holds_back_ = true; }
  bool held_back() const { return over_ && !ended_; }
  // One that is held back. `at_rest`: the target has nothing to do.
  void release(bool at_rest);
  // Once it is over: when; whether it was held back; whether the target was seen to read from its
  // connection, and to rest at last.
  Instant over_at() const { return *over_; }
  bool was_held_back() const { return was_held_back_; }
  bool silence_stands() const { return silence_stands_; }

 private:
  using Socket = boost::asio::ip::tcp::socket;

  // One connection.
  struct Line {
    Line(boost::asio::io_context& loop, const TargetEndpoint& target, const Pace& pace)
        : socket(loop), read_watch(loop, target.sockets, pace) {}

    Socket socket;
    std::optional<TlsSession> tls;
    ReadWatch read_watch;
    std::deque<Bytes> outgoing;    // the front is being written
    std::uint64_t sent = 0;        // bytes, once they are with TCP
    bool connected = false;        // its TLS handshake included
    bool ends = false;             // our direction, once all is written
    bool deaf = false;             // the target takes no more bytes
    Bytes unheard;                 // came, without TLS, while another connection was asked for
    std::optional<StreamEnd> end;  // of the target's direction
    bool told_end = false;         // the conversation knows
    bool awaits = false;           // bytes are awaited
  };

  void connect(const OpenConnection& how);
  void dial(const OpenConnection& how);
  void not_logged_in(const FreshLogins::Failed& how);
  void connected();
  void secure(Line& line);
  void read(const std::shared_ptr<Line>& line);
  void read_now(const std::shared_ptr<Line>& line);
  void received(const std::shared_ptr<Line>& line, boost::system::error_code error, ByteView bytes);
  void take_in(Line& line, ByteView bytes);
  void take_in_cipher(Line& line, ByteView wire);
  void take_in_end(Line& line, StreamEnd end);
  void hand_over(Line& line, ByteView bytes);
  void moved() {
    moved_ = std::chrono::steady_clock::now();
    trickled_ = 0;
  }
  void leave();
  void pump();
  void act();
  void carry_out(Write& write);
  void carry_out(const OpenConnection& how) { connect(how); }
  void carry_out(const AwaitConnection&);
  void carry_out(const TakeUp& earlier);
  void carry_out(const EndSending&);
  void carry_out(const AbortConnection&);
  void write_now(Bytes bytes);
  void transmit(const std::shared_ptr<Line>& line, Bytes wire);
  void write_front(const std::shared_ptr<Line>& line);
  void all_written(Line& line);
  void await_deadline();
  void conclude();
  bool is_read() const;
  void end();

  boost::asio::io_context& loop_;
  const TargetEndpoint& target_;
  const Pace& pace_;
  boost::asio::steady_timer timer_;
  std::shared_ptr<FreshLogins> logins_;
  Conversation conversation_;
  Done done_;
  std::shared_ptr<Line> line_;                // the one at hand
  std::vector<std::shared_ptr<Line>> lines_;  // all; those that are left stay as they are, unread
  std::deque<Action> actions_;
  Instant moved_;
  Instant trickles_since_;
  std::size_t trickled_ = 0;     // bytes that came since
  std::optional<Instant> over_;  // the conversation is
  bool holds_back_ = false;
  bool was_held_back_ = false;
  bool silence_stands_ = false;
  bool busy_ = false;  // a connect or a write is under way, or waits
  bool held_ = false;  // a write waits: what else is written meanwhile, by TLS, is not it
  bool ended_ = false;
};

}  // namespace wsconform
