#include "server-under-test/echo.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "core/close_code.h"
#include "server-under-test/site/normal_path.h"

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

// DEFLATE makes at most 1,032 bytes of one; zlib keeps to a smaller window a byte at a
// time, which is slow.
constexpr std::uint32_t piece_to_inflate = 128;
constexpr std::uint32_t piece_to_inflate_slowly = 32;

}  // namespace

// One overload an event; what it does not name needs no answer from the application.
struct Echo::Application {
  Echo& echo;

  void operator()(const Opened& opened) const {
    echo.counters_.opened = true;
    Agreed agreed{
        .subprotocol = opened.handshake->subprotocol,
        .extension = opened.handshake->response.combined("Sec-WebSocket-Extensions").value_or("")};
    if (!agreed.subprotocol.empty() || !agreed.extension.empty())
      echo.counters_.agreed = std::make_unique<const Agreed>(std::move(agreed));
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
    : entrance_(entrance_of(std::move(front), std::move(rooms))),
      connection_(as_server(std::move(options)), now) {}

std::unique_ptr<Echo::Entrance> Echo::entrance_of(std::optional<FrontOptions> front,
                                                  std::shared_ptr<ChatRooms> rooms) {
  if (!front) return nullptr;
  auto decides = std::make_unique<Front>(*front);
  return std::make_unique<Entrance>(
      Entrance{std::move(*front), std::move(rooms), std::move(decides)});
}

void Echo::receive(std::span<std::uint8_t> bytes) {
  while (work(bytes, everything)) {
  }
}

bool Echo::work(std::span<std::uint8_t>& bytes, std::size_t most) {
  if (front() != nullptr && !abandoned_) {
    const bool checking = front()->is_checking();
    const Front::Turn turn = front()->receive(std::exchange(bytes, {}));
    if (!checking) follow(turn);
  }
  if (abandoned_) bytes = {};
  if (abandoned_ || front() != nullptr) return false;
  if (!entrance_ || entrance_->early.empty()) return converse(bytes, most);
  Entrance& entrance = *entrance_;
  std::span<std::uint8_t> early = std::span(entrance.early).subspan(entrance.early_taken);
  const bool more = converse(early, most);
  entrance.early_taken = entrance.early.size() - early.size();
  if (more) return true;
  entrance.early = Bytes();
  return !bytes.empty();
}

void Echo::follow(Front::Turn turn) {
  switch (turn) {
    case Front::Turn::more:
      return;
    case Front::Turn::check:
      entrance_->check_waits = true;
      return;
    case Front::Turn::handshake:
      entrance_->early = front()->take_received();
      entrance_->front.reset();
      return;
    case Front::Turn::answered:
      return leave_front();
  }
}

void Echo::leave_front() {
  entrance_->answer = front()->take_answer();
  entrance_->front.reset();
  counters_.refused = abandoned_ = true;
}

void Echo::record(int status, std::string_view reason) {
  if (!entrance_ || entrance_->is_completed) return;
  auto& request = entrance_->options.visit->request;
  if (!request) request = std::make_unique<RequestRecord>();
  request->status = status;
  request->reason = reason;
}

std::optional<PasswordCheck> Echo::take_check() {
  if (front() == nullptr || !std::exchange(entrance_->check_waits, false)) return std::nullopt;
  return front()->check();
}

// The front may have been left meanwhile, for a deadline.
void Echo::checked(bool right) {
  if (front() != nullptr) follow(front()->checked(right));
}

void Echo::dismiss(std::uint16_t code, std::string_view reason) {
  if (member_) member_->fall_out();
  connection_.send_close(code, reason);
}

std::string room_of(const Visit& visit) {
  return normal_path(visit.target).value_or("/");
}

void Echo::enter_room(const Handshake& handshake) {
  if (!entrance_ || !entrance_->options.visit->enters_room) return;
  const Visit& visit = *entrance_->options.visit;
  Newcomer newcomer{.id = visit.client.id, .room = room_of(visit), .user = visit.user};
  if (handshake.deflate) newcomer.deflate = handshake.deflate->server;
  if (!entrance_->rooms->has_place(newcomer.room))
    return connection_.send_close(close_try_again_later, "Too many rooms are open.");
  newcomer.first = written();
  member_ = entrance_->rooms->enter(std::move(newcomer));
}

void Echo::say(Opcode opcode, ByteView payload) {
  if (payload.size() > max_chat_message)
    return connection_.fail(close_message_too_big, "A room takes no message so large.");
  member_->waiting().push_own(written());
  member_->say(opcode, payload);
}

void Echo::leave_room() {
  if (member_ && connection_.state() != State::open) member_->leave();
}

bool Echo::cuts_plain_request(int status, std::string_view reason) {
  if (front() == nullptr || !front()->in_body()) return false;
  front()->cut_off(status, reason);
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
  std::span<std::uint8_t> piece = bytes.first(std::min<std::size_t>(piece_, bytes.size()));
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
  if (front() != nullptr && front()->is_checking()) return;
  if (cuts_plain_request(400, "The body ended too early.")) return;
  if (front() != nullptr) {
    entrance_->early = front()->take_received();
    entrance_->front.reset();
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
  if (abandoned_) return entrance_ ? std::exchange(entrance_->answer, {}) : Bytes();
  Bytes output = written();
  leave_entrance();
  return output;
}

Bytes Echo::written() {
  Bytes output = connection_.take_output();
  if (entrance_ && !output.empty() && !std::exchange(entrance_->is_completed, true))
    entrance_->options.site->complete(output, *entrance_->options.visit);
  return output;
}

// As soon as it can be: a connection that says nothing more has left no holes in the memory then.
void Echo::leave_entrance() {
  if (!entrance_ || !entrance_->is_completed || !entrance_->early.empty()) return;
  entrance_.reset();
  connection_.rest();
}

void Echo::rest() {
  leave_entrance();
  connection_.rest();
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
