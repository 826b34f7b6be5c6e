// One TCP connection's bytes from the target, taken apart and observed: an HTTP response, then frames. What breaks a rule
// whatever the case is about is reported as an Offence.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/bytes.h"
#include "core/frame_decoder.h"
#include "core/http_head.h"
#include "core/http_response.h"
#include "core/instant.h"
#include "core/permessage_deflate.h"
#include "core/role.h"
#include "core/utf8.h"
#include "runner/conversation/seen_message.h"
#include "runner/conversation/wire_log.h"

namespace wsconform {

struct SawResponse {  // once whole: a 101 with its head, any other with its body
  HttpHead head;
  int status = 0;  // 0: the status line cannot be read
  std::string body;
  std::optional<DeflateAgreement> deflate;  // of a 101
};
struct SawInterim {  // a response that announces another one (RFC 9110 §15.2)
  int status = 0;
};
struct SawPing {
  Bytes payload;
};
struct SawPong {
  Bytes payload;
};
struct SawClose {
  std::optional<std::uint16_t> code;
  Bytes payload;
};
struct SawBehindClose {  // a control frame
  Opcode opcode = Opcode::close;
  Bytes payload;
};
struct SawStray {  // bytes after a response that is no 101
  std::uint64_t size = 0;
};
struct Offence {
  std::string says;  // one sentence
};

using Observation = std::variant<SawResponse, SawInterim, SawMessage, SawPing, SawPong, SawClose,
                                 SawBehindClose, SawStray, Offence>;

enum class StreamEnd { fin, reset };

class TargetStream {
 public:
  // `log` outlives the stream.
  TargetStream(Role target, WireLog& log);

  std::vector<Observation> receive(ByteView bytes, Instant now);
  // Writes into the log what came of a response head whose end did not come.
  void log_unfinished(Instant now);
  // The end of the stream completes a response whose body only an end delimits.
  std::vector<Observation> receive_end(Instant now);

  // Of the request. Where a 101 agrees to permessage-deflate, the target's messages are inflated from its next byte on.
  void sent_offer(std::vector<Extension> extensions) { offered_ = std::move(extensions); }
  // At most so many bytes of a message are kept.
  void keep(std::size_t max_message);
  // A code of ours that the target gives back (RFC 6455 §5.5.1) is no offence: 1010, or one that is not assigned.
  void may_give_back(std::uint16_t code) { given_ = code; }
  // Of the request: it tells whether the response has a body (RFC 9112 §6.3).
  void sent_method(std::string method) { method_ = std::move(method); }
  bool upgraded() const { return phase_ == Phase::frames; }
  // Bytes of a response came, but it is not whole.
  bool response_begun() const { return phase_ == Phase::body || !head_.text().empty(); }
  std::uint64_t received() const { return received_; }

 private:
  enum class Phase { head, body, after_response, frames };

  std::size_t receive_head(ByteView bytes, Instant now);
  std::size_t receive_body(ByteView bytes, Instant now);
  void begin_response(Instant now);
  void finish_response(Instant now);
  void agree();
  void receive_frames(ByteView bytes, Instant now);
  void observe_frame(FrameDecoder::Item& item, Instant now);
  void observe_begun_frame(const FrameHeader& header, Instant now);
  std::optional<Violation> judge(const FrameHeader& header) const;
  std::optional<Offence> offence_of(const FrameHeader& header, const Rule* broken) const;
  std::optional<Violation> judge_close(ByteView payload) const;
  void observe_data(const FrameHeader& header);
  void see(Observation observation) { seen_.push_back(std::move(observation)); }

  Role target_ = Role::server;
  WireLog& log_;
  Phase phase_ = Phase::head;
  HeadReader head_;
  std::optional<HttpBodyReader> body_;
  SawResponse response_;
  std::size_t max_message_ = 64 * 1024;
  FrameDecoder frames_{max_message_};
  SeenMessage message_{max_message_};
  std::vector<Extension> offered_;
  bool inflates_ = false;
  bool begun_told_ = false;  // the frame under way offends by its header, and that was told
  std::optional<std::uint16_t> given_;
  std::string method_ = "GET";
  bool close_seen_ = false;
  std::uint64_t received_ = 0;
  std::vector<Observation> seen_;
};

}  // namespace wsconform
