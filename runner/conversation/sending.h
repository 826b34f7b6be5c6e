// What we write, in either role: steps become bytes, bytes become actions for the driver, and the
// wire log is told. It serves all connections of a case; what a connection makes of what was
// written is its Line's.
//
// A draft is in the log and nowhere else until it is gathered; what is gathered goes out with the
// next flush, or before the next action that is no write.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/bytes.h"
#include "core/instant.h"
#include "core/role.h"
#include "runner/casebook/act.h"
#include "runner/conversation/action.h"
#include "runner/conversation/request_writer.h"
#include "runner/conversation/sent_request.h"
#include "runner/conversation/wire_log.h"
#include "runner/target/target.h"

namespace wsconform {

class Sending {
 public:
  struct Draft {
    Bytes wire;
    std::vector<std::size_t> sizes{};              // of the pieces that a cut may part
    std::optional<std::uint16_t> close_code = {};  // of the last Close among them
    std::uint64_t inflated = 0;                    // bytes, of what in it is compressed
  };
  struct RequestDraft {
    Draft draft;
    ClientOffer offer;   // to judge the response by
    std::string method;  // to know whether the response has a body
    SentRequest asked{};
  };

  // `target` and `log` outlive it. The seed decides masking keys, handshake keys and
  // barrier payloads.
  Sending(const TargetProfile& target, WireLog& log, std::uint64_t seed);

  // A step as often as it says, masked as our role has to unless it says otherwise, texts in the
  // form that the target takes; those with reserved bits go out as they are. `deflater`: null where
  // permessage-deflate is not agreed.
  Draft frames(const SendFrame& step, Deflater* deflater, Instant now);
  Draft bytes(const SendBytes& step, Instant now);
  RequestDraft request(const SendRequest& step, Instant now);
  Draft response(const HttpHead& head, Instant now);
  Draft frame(Opcode opcode, ByteView payload, Instant now);
  // Fresh for every barrier.
  Bytes barrier_payload();

  void gather(Draft draft, const Cut& cut = {});
  // What answers the target counts for nothing that is asked of it.
  void gather_answer(Draft draft);
  void flush();
  // A connection is there: what was asked for before and is not written never will be.
  void connected();
  // The next write is with TCP: called for one after another, as they were asked for.
  void written(Instant now);

  // Our role decides who opens it. Its number: of all connections, the first has 0.
  std::size_t next_connection(bool plain, bool ends_earlier, Instant now);
  // Goes on with an earlier one.
  void take_up(std::size_t number, Instant now);
  void end(Instant now);
  void abort(Instant now);

  std::vector<Action> take_actions() { return std::exchange(actions_, {}); }
  // Bytes of all connections, but for what answers the target.
  std::uint64_t asked() const { return asked_; }
  // What the target has to do for them, in bytes that it moves: to inflate, and to read so many
  // frames.
  std::uint64_t work() const { return work_; }
  // A request lacked a ticket, for all of the profile are used up.
  bool out_of_tickets() const { return tickets_.used_up(); }

 private:
  MaskingKey next_key();
  std::optional<SendFrame> in_form(const SendFrame& step);

  const TargetProfile& target_;
  Role own_ = Role::client;
  WireLog& log_;
  std::mt19937_64 random_;
  TicketSource tickets_;
  bool in_text_ = false;  // between the frames of a text in the target's form
  std::vector<Bytes> pieces_;
  bool last_piece_open_ = false;  // the last piece takes more bytes
  std::vector<Action> actions_;
  std::size_t latest_ = 0;  // the number of the connection that was opened last
  struct Piece {
    std::size_t size = 0;
    bool last = true;  // of those that were gathered together
  };
  std::deque<Piece> under_way_;       // writes that were asked for
  std::vector<WireLog::Piece> gone_;  // of those together with the front, the ones before it
  std::uint64_t asked_ = 0;
  std::uint64_t work_ = 0;
};

}  // namespace wsconform
