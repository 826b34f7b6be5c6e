// What a Connection is made of, for it alone: its states, and what moves between them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/close_code.h"
#include "core/connection_options.h"
#include "core/deadline_clock.h"
#include "core/event.h"
#include "core/frame_receiver.h"
#include "core/frame_writer.h"
#include "core/opening.h"
#include "core/rate_limit.h"
#include "core/traffic.h"

namespace wsconform {

struct ConnectionMachine {
  enum class Phase {
    connecting,
    open,
    close_sent,  // our Close went out, the peer's is awaited
    ending,      // a client that awaits the server's end of TCP; input is discarded
    closed,
  };

  ConnectionMachine(ConnectionOptions&& options, Instant now);

  enum class Until { all_taken, an_event };
  // Until an event: a message is given, and not among the events.
  const Received* receive(std::span<std::uint8_t>& bytes, Until until);
  void receive_end();
  void release();
  void tick(Instant now);
  void rest();
  void send_frame(Opcode opcode, ByteView payload) { writer.write(opcode, payload, output); }
  void send_close(std::uint16_t code, std::string_view reason);

  State state() const;
  void enter(Phase next);
  bool enforced(Violation rule) const { return !rules.tolerated[static_cast<std::size_t>(rule)]; }
  bool takes_frames() const { return phase == Phase::open || phase == Phase::close_sent; }
  void open(const std::optional<DeflateAgreement>& deflate);
  void conclude(Opening::Outcome outcome);
  template <typename Told>
  void tell(const Told& told_now);
  void handle(const Received& received);
  void handle_control(Opcode opcode, ByteView payload);
  void handle_close(ByteView payload);
  void fail(Violation violation);
  void fail(std::optional<Violation> violation, std::uint16_t code, std::string_view reason);
  void send_beat();
  void measure(ByteView pong);
  void lose(std::string_view reason);
  void end_with(Closed how);
  void close_now();

  FrameReceiver& receiver();  // there while frames come

  using CloseCode = std::function<std::uint16_t(Violation)>;  // see ConnectionOptions

  FrameReceiver::Rules rules;
  std::unique_ptr<CloseCode> close_code;  // null: none
  bool answer_pings = true;
  bool deflates =
      false;  // agreed; what receiver and writer know of earlier messages is needed then

  Phase phase = Phase::connecting;
  DeadlineClock clock;
  std::unique_ptr<Opening> opening;
  std::unique_ptr<FrameReceiver> frame_receiver;
  FrameWriter writer;
  Closed end = {false, close_abnormal};  // told once TCP is to end
  RateLimit control_rate;
  std::unique_ptr<Opening::Outcome> opened;  // what events view, until the next receive
  std::vector<Event> events;
  Bytes output;
  Traffic sent;
  std::uint32_t told = 0;         // events that were taken one by one
  std::uint32_t beats = 0;        // Pings that deadlines sent
  std::optional<Instant> beaten;  // when the last one was, while its Pong is awaited
  std::optional<Duration> round_trip;
};

}  // namespace wsconform
