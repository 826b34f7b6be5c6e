// The frames of a connection as the target writes them, observed one by one. What breaks a rule
// whatever the case is about is reported as an Offence (RFC 6455 §5, §7, §8; RFC 7692 §7.2).
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "core/bytes.h"
#include "core/frame_decoder.h"
#include "core/instant.h"
#include "core/role.h"
#include "core/violation.h"
#include "runner/conversation/offence.h"
#include "runner/conversation/seen_message.h"
#include "runner/conversation/wire_log.h"

namespace wsconform {

struct SawPing {
  Bytes payload{};
};
struct SawPong {
  Bytes payload{};
};
struct SawClose {
  std::optional<std::uint16_t> code{};
  Bytes payload{};
};
struct SawBehindClose {  // a control frame
  Opcode opcode = Opcode::close;
  Bytes payload{};
};
using FrameObservation =
    std::variant<SawMessage, SawPing, SawPong, SawClose, SawBehindClose, Offence>;

class FrameWatch {
 public:
  // `log` outlives it.
  FrameWatch(Role under_test, WireLog& log) : under_test_(under_test), log_(log) {}

  std::vector<FrameObservation> receive(ByteView bytes, Instant now);
  // The stream ended.
  void receive_end(Instant now);
  std::uint64_t count() const { return count_; }  // of the frames that are whole

  // permessage-deflate was agreed, before any frame came: messages may be compressed, with
  // exactly this context.
  void inflate_with(DeflateContext context);
  // At most so many bytes of a message are kept.
  void keep(std::size_t max_message);
  // The first such code of ours that the target gives back (RFC 6455 §5.5.1) is no offence: 1010,
  // or one that is not assigned.
  void may_give_back(std::uint16_t code) { given_ = given_.value_or(code); }

 private:
  void observe_frame(FrameDecoder::Item& item, Instant now);
  void observe_begun_frame(const FrameHeader& header, Instant now);
  std::optional<Violation> judge(const FrameHeader& header) const;
  std::optional<Violation> judge_close(ByteView payload) const;
  std::optional<Offence> offence_of(const FrameHeader& header,
                                    std::optional<Violation> broken) const;
  void observe_data(const FrameHeader& header);
  void see(FrameObservation observation) { seen_.push_back(std::move(observation)); }

  static constexpr std::size_t least_kept = 64 * 1024;  // bytes of a message

  Role under_test_ = Role::server;
  WireLog& log_;
  std::size_t max_message_ = least_kept;
  FrameDecoder frames_{least_kept};
  SeenMessage message_{least_kept};
  bool inflates_ = false;
  std::uint64_t count_ = 0;
  bool begun_told_ = false;  // the frame under way offends by its header, and that was told
  std::optional<std::uint16_t> given_;
  bool close_seen_ = false;
  std::vector<FrameObservation> seen_;
};

}  // namespace wsconform
