// One TCP connection of a conversation: what was sent on it, what came back, and whether each answer was one that the
// target was entitled to give. Judges nothing that depends on the case.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/handshake.h"
#include "core/instant.h"
#include "core/permessage_deflate.h"
#include "runner/conversation/entitlement.h"
#include "runner/conversation/reaction.h"
#include "runner/conversation/target_stream.h"
#include "runner/conversation/wire_log.h"

namespace wsconform {

class Exchange {
 public:
  // `log` outlives the exchange. Where the target does not echo, its messages are not judged.
  Exchange(Role target, bool echoes, WireLog& log, Instant now);

  // permessage-deflate, where the handshake agreed on it; and what then compresses our messages, else null.
  const std::optional<DeflateAgreement>& deflate() const { return deflate_; }
  Deflater* deflater() { return deflater_ ? &*deflater_ : nullptr; }

  // Our direction.
  void sent_request(ClientOffer offer) {
    offer_ = std::move(offer);
    stream_.sent_offer(offer_.extensions);
  }
  void sent_method(std::string method) { stream_.sent_method(std::move(method)); }
  void sent_frames(ByteView wire);
  void sent_barrier(ByteView wire, Bytes payload);
  // A Close with this code went out.
  void sent_close_code(std::uint16_t code) { stream_.may_give_back(code); }
  void ended_sending() { ended_sending_ = true; }

  // The target's direction. An answer due to it (Pong, Close) is left in `answers`.
  void receive(ByteView bytes, Instant now);
  void receive_end(StreamEnd end, Instant now);
  void log_unfinished(Instant now) { stream_.log_unfinished(now); }

  struct Answer {
    Opcode opcode = Opcode::pong;
    Bytes payload;
  };
  std::vector<Answer> take_answers() { return std::exchange(answers_, {}); }

  // What came.
  const std::optional<SawResponse>& response() const { return response_; }
  // Status of the latest interim response.
  std::optional<int> interim() const { return interim_; }
  bool response_begun() const { return stream_.response_begun(); }
  bool upgraded() const { return stream_.upgraded(); }
  const std::optional<SawClose>& close() const { return close_; }
  const std::optional<StreamEnd>& end() const { return end_; }
  std::uint64_t stray() const { return stray_; }
  std::uint64_t received() const { return stream_.received(); }
  // The first bytes of all, at most Reaction::most_beginning.
  const Bytes& beginning() const { return beginning_; }
  std::size_t echoes_received() const { return echoes_received_; }
  std::size_t messages_received() const { return messages_received_; }
  // The latest message came compressed.
  bool latest_compressed() const { return latest_compressed_; }
  std::size_t pings_received() const { return pings_received_; }
  bool all_echoed() const { return entitled_.echoes().empty(); }
  bool barrier_sent() const { return barrier_sent_; }
  bool barrier_answered() const { return barrier_answered_; }
  // Of a target that answers no Ping: it was quiet for long enough to count as one that answered the barrier.
  void assume_open() { barrier_sent_ = barrier_answered_ = assumed_open_ = true; }
  bool assumed_open() const { return assumed_open_; }
  // A further barrier can be set.
  void forget_barrier() { barrier_sent_ = barrier_answered_ = assumed_open_ = false; }
  // The latest Ping of the case was answered.
  bool latest_ping_answered() const;
  // The first thing that is wrong whatever the case is about.
  const std::optional<std::string>& offence() const { return offence_; }
  // What came behind the target's Close, pointless, yet not forbidden; one sentence.
  const std::optional<std::string>& behind_close() const { return behind_close_; }
  const std::vector<std::string>& notes() const { return notes_; }

  // What was sent.
  bool close_sent() const { return close_sent_; }
  // A Ping can go out now and would be heard: between frames, before any Close, with our direction open.
  bool can_ask() const;
  bool faulty() const { return entitled_.faulty(); }
  // Something was sent that the target has to refuse, or might, and has not given back instead.
  bool refusable() const {
    return entitled_.faulty() || (entitled_.malformed_deflate() && !malformed_came_back_);
  }
  std::size_t largest_sent() const { return entitled_.largest(); }

 private:
  struct SentPing {
    Bytes payload;
    bool barrier = false;
    bool answered = false;
  };

  SentPing* unanswered(ByteView payload);
  void take_in(std::vector<Observation> observations);
  void observe(SawResponse response);
  void observe(SawInterim response) { interim_ = response.status; }
  void observe(SawMessage message);
  void observe(SawPing ping);
  void observe(const SawPong& pong);
  void observe(SawClose close);
  void observe(const SawBehindClose& frame);
  void observe(const SawStray& stray);
  void observe(Offence offence);
  void offend(std::string says);

  Role target_ = Role::server;
  bool echoes_ = true;
  Entitlement entitled_;
  TargetStream stream_;
  ClientOffer offer_;
  std::optional<DeflateAgreement> deflate_;
  std::optional<Deflater> deflater_;
  std::vector<SentPing> pings_;
  std::size_t first_unanswered_ = 0;
  std::vector<Answer> answers_;
  std::optional<SawResponse> response_;
  std::optional<int> interim_;
  std::optional<SawClose> close_;
  std::optional<StreamEnd> end_;
  Bytes beginning_;
  std::optional<std::string> offence_;
  std::optional<std::string> behind_close_;
  std::vector<std::string> notes_;
  std::uint64_t stray_ = 0;
  bool malformed_came_back_ = false;
  std::size_t echoes_received_ = 0;
  std::size_t messages_received_ = 0;
  std::size_t pings_received_ = 0;
  bool latest_compressed_ = false;
  bool barrier_sent_ = false;
  bool barrier_answered_ = false;
  bool assumed_open_ = false;
  bool close_sent_ = false;
  bool ended_sending_ = false;
};

}  // namespace wsconform
