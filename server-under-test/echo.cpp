#include "server-under-test/echo.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "core/close_code.h"

namespace wsconform {
namespace {

ConnectionOptions as_server(ConnectionOptions options) {
  options.role = Role::server;
  return options;
}

// What the work of an event is, in bytes: calls alone cost time.
constexpr std::size_t event_costs = 64;
constexpr std::size_t compressed_event_costs = 4096;
constexpr std::size_t deflating_costs = 4;  // for each byte
constexpr std::size_t inflating_costs = 2;  // likewise
constexpr std::size_t step = 64 * 1024;
constexpr std::size_t everything = SIZE_MAX;

// DEFLATE makes at most 1,032 bytes of one; zlib keeps to a smaller window a byte at a time, which is
// slow.
constexpr std::size_t piece_to_inflate = 128;
constexpr std::size_t piece_to_inflate_slowly = 32;

}  // namespace

// One overload an event; what it does not name needs no answer from the application.
struct Echo::Application {
  Echo& echo;

  void operator()(const Opened& opened) const {
    echo.counters_.opened = true;
    echo.counters_.subprotocol = opened.handshake->subprotocol;
    echo.counters_.extension =
        opened.handshake->response.combined("Sec-WebSocket-Extensions").value_or("");
    echo.record(101, {});
    echo.enter_room(*opened.handshake);
    const auto& deflate = opened.handshake->deflate;
    if (!deflate) return;
    echo.deflates_ = true;
    echo.piece_ = deflate->client.window_bits == most_window_bits ? piece_to_inflate
                                                                  : piece_to_inflate_slowly;
  }
  void operator()(const Refused& refused) const {
    echo.counters_.refused = true;
    echo.record(refused.status, refused.reason);
  }
  void operator()(const MessageReceived& message) const {
    echo.counters_.received.add(message.payload.size());
    if (echo.member_)
      echo.say(message.opcode, message.payload);
    else if (message.payload.size() >= echo.least_large())
      echo.connection_.begin_message(message.opcode, message.payload);
    else
      echo.connection_.send_message(message.opcode, message.payload);
  }
  void operator()(const PingReceived&) const { ++echo.counters_.pings; }
  void operator()(const PongReceived&) const { ++echo.counters_.pongs; }
  void operator()(const CloseReceived&) const { echo.counters_.close_received = true; }
  void operator()(const Failed& failed) const {
    echo.counters_.failed = true;
    echo.counters_.failure = failed.reason;
  }
  void operator()(const Closed& closed) const { echo.counters_.close_code = closed.code; }
};

Echo::Echo(ConnectionOptions options, std::optional<FrontOptions> front,
           std::shared_ptr<ChatRooms> rooms, Instant now)
    : completed_by_(std::move(front)),
      front_(completed_by_ ? std::make_unique<Front>(*completed_by_) : nullptr),
      connection_(as_server(std::move(options)), now),
      rooms_(std::move(rooms)) {}

void Echo::receive(std::span<std::uint8_t> bytes) {
  while (work(bytes, everything)) {
  }
}

bool Echo::work(std::span<std::uint8_t>& bytes, std::size_t most) {
  if (front_ && !abandoned_) {
    const bool checking = front_->is_checking();
    const Front::Turn turn = front_->receive(std::exchange(bytes, {}));
    if (!checking) follow(turn);
  }
  if (abandoned_) bytes = {};
  if (abandoned_ || front_) return false;
  if (early_.empty()) return converse(bytes, most);
  std::span<std::uint8_t> early = std::span(early_).subspan(early_taken_);
  const bool more = converse(early, most);
  early_taken_ = early_.size() - early.size();
  if (more) return true;
  early_ = Bytes();
  return !bytes.empty();
}

void Echo::follow(Front::Turn turn) {
  switch (turn) {
    case Front::Turn::more:
      return;
    case Front::Turn::check:
      check_waits_ = true;
      return;
    case Front::Turn::handshake:
      early_ = front_->take_received();
      front_.reset();
      return;
    case Front::Turn::answered:
      return leave_front();
  }
}

void Echo::leave_front() {
  answer_ = front_->take_answer();
  front_.reset();
  counters_.refused = abandoned_ = true;
}

void Echo::record(int status, std::string_view reason) {
  if (!completed_by_) return;
  auto& request = completed_by_->visit->request;
  if (!request) request = std::make_unique<RequestRecord>();
  request->status = status;
  request->reason = reason;
}

std::optional<PasswordCheck> Echo::take_check() {
  if (!std::exchange(check_waits_, false) || !front_) return std::nullopt;
  return front_->check();
}

// The front may have been left meanwhile, for a deadline.
void Echo::checked(bool right) {
  if (front_) follow(front_->checked(right));
}

void Echo::dismiss(std::uint16_t code, std::string_view reason) {
  if (member_) member_->fall_out();
  connection_.send_close(code, reason);
}

void Echo::enter_room(const Handshake& handshake) {
  if (!completed_by_ || completed_by_->visit->room.empty()) return;
  const Visit& visit = *completed_by_->visit;
  Newcomer newcomer{.id = visit.client.id, .room = visit.room, .user = visit.user};
  if (handshake.deflate) newcomer.deflate = handshake.deflate->server;
  if (!rooms_->has_place(visit.room))
    return connection_.send_close(close_try_again_later, "Too many rooms are open.");
  newcomer.first = take_output();
  member_ = rooms_->enter(std::move(newcomer));
}

void Echo::say(Opcode opcode, ByteView payload) {
  if (payload.size() > max_chat_message)
    return connection_.fail(close_message_too_big, "A room takes no message so large.");
  member_->waiting().push_own(take_output());
  member_->say(opcode, payload);
}

void Echo::leave_room() {
  if (member_ && connection_.state() != State::open) member_->leave();
}

bool Echo::cuts_plain_request(int status, std::string_view reason) {
  if (!front_ || !front_->in_body()) return false;
  front_->cut_off(status, reason);
  leave_front();
  return true;
}

bool Echo::converse(std::span<std::uint8_t>& bytes, std::size_t most) {
  std::size_t done = 0;
  bool more = true;
  while (more) {
    if (done >= most || (is_held_up() && most != everything)) return true;
    if (connection_.proceed(step)) {
      done += take_piece(bytes, more);
    } else {
      done += step * (deflates_ ? deflating_costs : 1);
    }
  }
  return false;
}

std::size_t Echo::take_piece(std::span<std::uint8_t>& bytes, bool& more) {
  const std::size_t before = deflates_ ? connection_.held() : 0;
  std::span<std::uint8_t> piece = bytes.first(std::min(piece_, bytes.size()));
  const std::size_t size = piece.size();
  const auto event = connection_.receive_next(piece);
  bytes = bytes.subspan(size - piece.size());
  more = event || !bytes.empty();
  std::size_t work = size - piece.size();
  if (deflates_) work += (std::max(connection_.held(), before) - before) * inflating_costs;
  if (!event) return work;
  std::visit(Application{*this}, *event);
  leave_room();
  const auto* message = std::get_if<MessageReceived>(&*event);
  const std::size_t echoed = message == nullptr ? 0 : message->payload.size();
  if (member_) return work + event_costs * (1 + member_->listeners()) + echoed;
  return work +
         (deflates_ ? compressed_event_costs + echoed * deflating_costs : event_costs + echoed);
}

void Echo::receive_end() {
  if (front_ && front_->is_checking()) return;
  if (cuts_plain_request(400, "The body ended too early.")) return;
  if (const auto front = std::exchange(front_, nullptr)) {
    early_ = front->take_received();
    receive({});
  }
  connection_.receive_end();
  serve();
}

void Echo::tick(Instant now) {
  connection_.tick(now);
  if (member_) member_->tick(now);
  if (member_ && member_->is_too_slow()) {
    counters_.fell_behind = true;
    member_->fall_out();
    connection_.send_close(close_policy_violation, "The room's messages are read too slowly.");
  }
  if (connection_.wants_close() && cuts_plain_request(408, "The body did not come in time."))
    return;
  serve();
}

std::optional<Instant> Echo::next_deadline() const {
  const auto next = connection_.next_deadline();
  const auto behind = member_ ? member_->next_deadline() : std::nullopt;
  return next && behind ? std::min(next, behind) : next ? next : behind;
}

Bytes Echo::take_output() {
  if (abandoned_) return std::exchange(answer_, {});
  Bytes output = connection_.take_output();
  if (completed_by_ && !output.empty()) {
    completed_by_->site->complete(output, *completed_by_->visit);
    completed_by_.reset();
  }
  return output;
}

void Echo::shut_down() {
  if (connection_.state() == State::connecting)
    abandoned_ = true;
  else
    connection_.send_close(close_going_away, "the server goes away");
  serve();
}

void Echo::refuse(std::uint16_t code, std::string_view reason) {
  connection_.fail(code, reason);
  serve();
}

void Echo::serve() {
  for (const Event& event : connection_.take_events()) std::visit(Application{*this}, event);
  leave_room();
}

}  // namespace wsconform
