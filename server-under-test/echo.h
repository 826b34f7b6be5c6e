// A Connection in role server with an application that sends every message back, or to all who are
// in its room. It has no defects; EchoEndpoint is what drivers use.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "core/connection.h"
#include "server-under-test/chat/chat_rooms.h"
#include "server-under-test/echo_counters.h"
#include "server-under-test/site/front.h"

namespace wsconform {

// Where a visit enters a room: which.
std::string room_of(const Visit& visit);

class Echo {
 public:
  // The role is set here. A front answers plain requests and keeps the rules of its site; without
  // one every request is a Connection's.
  Echo(ConnectionOptions options, std::optional<FrontOptions> front,
       std::shared_ptr<ChatRooms> rooms, Instant now);

  // Takes all bytes, held up or not.
  void receive(std::span<std::uint8_t> bytes);
  // Takes bytes from the front, and writes what answers them, until about `most` of work is done: a
  // byte looked at or written counts as one, and more where there is compression. True: there is
  // more to do, and nothing else is received before; while it is held up, nothing is done. Fewer
  // bytes than twice the appetite at a time.
  bool work(std::span<std::uint8_t>& bytes, std::size_t most);
  // How many bytes a read is to give at most.
  std::size_t appetite() const { return deflates_ ? 16 * 1024 : 256 * 1024; }
  void receive_end();
  void tick(Instant now);
  std::optional<Instant> next_deadline() const;
  Bytes take_output();
  bool wants_close() const { return abandoned_ || connection_.wants_close(); }
  void shut_down();
  // A password to be held against what is known, on any thread; `checked` is told what came of it.
  // Once for each. Behind it there may be work to do without more bytes.
  std::optional<PasswordCheck> take_check();
  void checked(bool right);
  // Starts the closing handshake, where the connection is open. Messages of its room that
  // wait are not sent.
  void dismiss(std::uint16_t code, std::string_view reason);
  // Fails the connection (RFC 6455 §7.1.7); `reason` lives as long as the endpoint.
  void refuse(std::uint16_t code, std::string_view reason);
  ChatMember* deliveries() const { return member_.get(); }
  bool is_held_up() const { return member_ && member_->is_held_up(); }
  // Nothing came for a while: gives memory back.
  void rest();
  // Bytes of memory held for what comes and goes, about.
  std::size_t held() const {
    return connection_.held() + (entrance_ ? entrance_->early.capacity() : 0) +
           (member_ ? member_->waiting().held() : 0);
  }
  // Of the last Ping that was sent for silence and answered.
  std::optional<Duration> round_trip() const { return connection_.round_trip(); }
  const Traffic& sent() const { return member_ ? member_->heard() : connection_.sent(); }
  const EchoCounters& counters() const { return counters_; }

 private:
  struct Application;

  // Longer messages are echoed in steps.
  std::size_t least_large() const { return deflates_ ? 64 * 1024 : 512 * 1024; }
  bool converse(std::span<std::uint8_t>& bytes, std::size_t most);
  std::size_t take_piece(std::span<std::uint8_t>& bytes, bool& more);
  void enter_room(const Handshake& handshake);
  void say(Opcode opcode, ByteView payload);
  // Whoever hears no more frames is in no room.
  void leave_room();
  // Leaves the front once it has decided.
  void follow(Front::Turn turn);
  void leave_front();
  // What came of the handshake, for those who look on.
  void record(int status, std::string_view reason);
  // A plain request is under way that gets no further.
  bool cuts_plain_request(int status, std::string_view reason);
  void serve();

  // What is of use until the answer to the request is out.
  struct Entrance {
    FrontOptions options;
    std::shared_ptr<ChatRooms> rooms;
    std::unique_ptr<Front> front;  // until it has decided
    bool check_waits = false;      // one of the front's, to be taken
    bool is_completed = false;     // the answer, by the site
    Bytes answer{};                // the front's
    Bytes early{};                 // what the front has left to the connection
    std::size_t early_taken = 0;   // bytes of it
  };
  static std::unique_ptr<Entrance> entrance_of(std::optional<FrontOptions> front,
                                               std::shared_ptr<ChatRooms> rooms);
  Front* front() const { return entrance_ ? entrance_->front.get() : nullptr; }
  Bytes written();
  void leave_entrance();

  std::unique_ptr<Entrance> entrance_;
  Connection connection_;
  std::unique_ptr<ChatMember> member_;  // of a room
  EchoCounters counters_;
  // Bytes received at a time: what they inflate to is bounded by it.
  std::uint32_t piece_ = UINT32_MAX;
  bool deflates_ = false;
  bool abandoned_ = false;  // answered by the front, or shut down before the handshake was done
};

}  // namespace wsconform
