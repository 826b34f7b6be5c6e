// Our direction of a conversation: steps in, actions for the driver out; the exchange and the wire log are told.
#pragma once

#include <cstdint>
#include <random>
#include <utility>
#include <variant>
#include <vector>

#include "core/bytes.h"
#include "core/instant.h"
#include "runner/casebook/act.h"
#include "runner/conversation/exchange.h"
#include "runner/conversation/request_writer.h"
#include "runner/conversation/wire_log.h"
#include "runner/target/target.h"

namespace wsconform {

// What the driver is to do, in this order.
struct OpenConnection {       // leave the one before as it is, unread
  bool plain = false;         // without TLS, though the target has it
  bool ends_earlier = false;  // or end it first
};
struct Write {
  Bytes bytes;  // a write of its own: a cut in the stream follows
};
struct EndSending {};  // FIN
struct CutLine {};     // RST
using Action = std::variant<OpenConnection, Write, EndSending, CutLine>;

class Sending {
 public:
  // `target` and `log` outlive it. The seed decides masking keys, handshake keys and barrier payloads.
  Sending(const TargetProfile& target, WireLog& log, std::uint64_t seed);

  // Everything is gathered until flush; a step's own cuts are kept.
  void send(const SendFrame& step, Exchange& exchange, Instant now);
  void send(const SendBytes& step, Exchange& exchange, Instant now);
  void send(const SendRequest& step, Exchange& exchange, Instant now);
  void flush();

  void open_connection(OpenConnection how, Instant now);
  void end_sending(Exchange& exchange, Instant now);
  void cut_line(Exchange& exchange, Instant now);

  // At once, after what was gathered.
  void answer(const Exchange::Answer& answer, Exchange& exchange, Instant now);
  void close(std::uint16_t code, Exchange& exchange, Instant now);
  void barrier(Exchange& exchange, Instant now);

  std::vector<Action> take_actions() { return std::exchange(actions_, {}); }
  std::uint64_t sent() const { return sent_; }  // bytes, of all connections
  // A request lacked a ticket, for all of the profile are used up.
  bool out_of_tickets() const { return tickets_.used_up(); }

 private:
  void gather(Bytes wire, const std::vector<std::size_t>& frame_sizes, const Cut& cut);
  void send_frame(Opcode opcode, Bytes payload, Exchange& exchange, Instant now, bool is_barrier);
  MaskingKey next_key();

  const TargetProfile& target_;
  WireLog& log_;
  std::mt19937_64 random_;
  TicketSource tickets_;
  std::vector<Bytes> pieces_;
  bool last_piece_open_ = false;  // the last piece takes more bytes
  std::vector<Action> actions_;
  std::uint64_t sent_ = 0;
};

}  // namespace wsconform
