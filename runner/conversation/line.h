// One TCP connection of a case: what we wrote on it, what came back, and what is due. A reconnect
// makes a new line; one that is left stays as it is, and may be taken up again.
//
// Both directions meet here. What goes out is written by the Sending, and passes through the
// Entitlement, so that it is known what the target may answer. What comes in is read by the
// OpeningReader until the connection is upgraded, then by the FrameWatch, and is gathered in a
// Reaction. Nothing that depends on the case is judged.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/handshake_judge.h"
#include "core/instant.h"
#include "core/role.h"
#include "runner/casebook/act.h"
#include "runner/conversation/entitlement.h"
#include "runner/conversation/frame_watch.h"
#include "runner/conversation/opening_reader.h"
#include "runner/conversation/reaction.h"
#include "runner/conversation/sending.h"
#include "runner/conversation/sent_pings.h"
#include "runner/conversation/wire_log.h"

namespace wsconform {

class Line {
 public:
  // Whom it leads to.
  struct Peer {
    Role role = Role::server;
    bool echoes = true;              // else its messages are not judged
    HandshakeFaultSet overlooked{};  // of its 101s
  };

  // `sending` and `log` outlive the line.
  Line(Peer peer, Sending& sending, WireLog& log, Instant now);

  void connected(Instant now) { connected_at_ = now; }
  // Where it is not connected yet, the instant of its making.
  Instant connected_at() const { return connected_at_; }

  // Our direction: gathered until the sending is flushed.
  void send(const SendFrame& step, Instant now);
  // The same where others hear it, too: gives what comes back, which is due to nobody yet.
  std::vector<Entitlement::Message> say(const SendFrame& step, Instant now);
  // What was said is due here.
  void hears(const std::vector<Entitlement::Message>& messages);
  void send(const SendBytes& step, Instant now);
  void send(const SendRequest& step, Instant now);
  // The 101 to the client's request. Precondition: a request came.
  void accept(Instant now);
  // Each at once, after what was gathered.
  void ask(Instant now);  // sets a ping barrier
  void close(std::uint16_t code, Instant now);
  void end(Instant now);    // of our direction
  void abort(Instant now);  // of the connection
  // The Pongs and the Close that are due to the target; true: there were some. After our
  // Close nothing is due.
  bool answer(Instant now);

  // The target's direction. Of what came in one read the first frame is taken in, behind the
  // opening, and each of the others once those before it were judged: what stood behind them in the
  // same read changes no verdict.
  void receive(ByteView bytes, Instant now);
  bool take_more();  // false: all was taken in
  void receive_end(StreamEnd end, Instant now);
  void log_unfinished(Instant now) { opening_.log_unfinished(now); }

  // What came so far. Lives as long as the line, and changes with every call.
  const Reaction& reaction() const { return came_; }
  // One more echo, or Ping, than were taken before: takes it.
  bool take_echo();
  bool take_ping();

  // A Ping can go out now and would be heard: between frames, before any Close, with
  // our direction open.
  bool can_ask() const;
  bool asked() const { return asked_; }
  bool ended() const { return ended_; }  // our direction
  // Of a target that answers no Ping: it was quiet for long enough to count as one that
  // answered the barrier.
  void assume_open();
  // Nothing came for as long as a silence takes.
  void assume_silent() { came_.silent = true; }
  // What a barrier or a silence decided is judged: the connection can be asked anew.
  void forget_decision();

 private:
  struct Answer {
    Opcode opcode = Opcode::pong;
    Bytes payload;
  };

  void wrote_frames(ByteView wire);
  Sending::Draft frame(Opcode opcode, Bytes payload, Instant now);
  void agree();
  void take_opening();
  void observe(SawRequest request);
  void observe(SawResponse response);
  void observe(SawInterim response) { came_.interim = response.status; }
  void observe(SawStray stray);
  void observe(SawMessage message);
  void observe(SawPing ping);
  void observe(SawPong pong);
  void observe(SawClose close);
  void observe(const SawBehindClose& frame);
  void observe(Offence offence);
  void settle();

  Peer peer_;
  Sending& sending_;
  Instant connected_at_;
  OpeningReader opening_;
  FrameWatch frames_;
  Entitlement entitled_;
  ClientOffer offer_;
  std::optional<Deflater> deflater_;
  SentPings pings_;
  Bytes early_;      // frames that went out before the 101: read as what they are once it is there
  Bytes requested_;  // of the requests and their bodies the first 16 KiB
  std::deque<FrameObservation> not_taken_in_;
  std::vector<Answer> due_;
  Reaction came_;
  std::size_t echoes_taken_ = 0;
  std::size_t pings_taken_ = 0;
  bool malformed_came_back_ = false;
  bool asked_ = false;
  bool barrier_answered_ = false;
  bool close_sent_ = false;
  bool ended_ = false;
};

}  // namespace wsconform
