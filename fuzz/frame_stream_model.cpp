#include "fuzz/frame_stream_model.h"

#include <algorithm>
#include <utility>

#include "core/close_code.h"
#include "core/close_payload.h"
#include "core/frame_decoder.h"
#include "core/frame_rules.h"
#include "core/utf8.h"

namespace wsconform {
namespace {

class Model {
 public:
  Model(Role receiver, const Limits& limits) : receiver_(receiver), limits_(limits) {}

  FrameStreamOutcome hear(ByteView stream) {
    bool cut_off = false;
    while (!ended_ && !cut_off && !stream.empty()) cut_off = !take_frame(stream);
    if (!ended_) {
      tell(cut_off ? "failed 0 The stream ended inside a frame."
                   : "failed 0 The stream ended without a Close.");
      end("closed unclean 1006");
    }
    return std::move(outcome_);
  }

 private:
  void tell(std::string event) { outcome_.events.push_back(std::move(event)); }
  void answer(std::string frame) { outcome_.answers.push_back(std::move(frame)); }
  void end(std::string how) {
    tell(std::move(how));
    ended_ = true;
  }
  // §7.1.7
  void fail(Violation violation) {
    const Rule& rule = rule_of(violation);
    const std::string code = std::to_string(rule.close_code);
    answer("close " + code);
    tell("failed " + code + " " + std::string(rule.name));
    end("closed unclean 1006");
  }

  // Takes one frame from the front; false where it is not there as a whole.
  bool take_frame(ByteView& stream) {
    const auto decoded = decode_header(stream);
    if (!decoded) return false;
    const FrameHeader& header = decoded->header;
    stream = stream.subspan(decoded->size);
    const bool whole = header.payload_length <= stream.size();
    const ByteView wire = whole ? stream.first(header.payload_length) : stream;
    Bytes payload(wire.begin(), wire.end());
    for (std::size_t i = 0; header.masking_key && i < payload.size(); ++i) {
      payload[i] ^= (*header.masking_key)[i % 4];
    }
    stream = stream.subspan(wire.size());
    if (const auto violation = check_header(header, context())) {
      fail(*violation);
    } else if (is_control(header.opcode)) {
      if (whole) take_control(header.opcode, payload);
    } else {
      take_data(header, payload, whole);
    }
    return whole || ended_;
  }

  FrameContext context() const {
    FrameContext context;
    context.receiver = receiver_;
    context.in_message = in_message_;
    context.max_frame = limits_.max_frame;
    context.max_message = limits_.max_message;
    context.message_so_far = message_.size();
    return context;
  }

  // §5.4, §5.6, §8.1
  void take_data(const FrameHeader& header, ByteView payload, bool whole) {
    if (header.opcode != Opcode::continuation) {
      opcode_ = header.opcode;
      message_.clear();
      fragments_ = 0;
    }
    in_message_ = true;
    if (++fragments_ > limits_.max_fragments) return fail(Violation::too_many_fragments);
    append(message_, payload);
    const bool text = opcode_ == Opcode::text;
    if (text && valid_utf8_prefix(message_) < message_.size()) return fail(Violation::invalid_utf8);
    if (!whole || !header.fin) return;
    if (text && !is_utf8(message_)) return fail(Violation::invalid_utf8);
    in_message_ = false;
    tell(std::string(name_of(opcode_)) + " " + to_hex(message_));
    message_.clear();
  }

  // §5.5
  void take_control(Opcode opcode, ByteView payload) {
    if (opcode == Opcode::close) return take_close(payload);
    if (++controls_ > limits_.max_controls_per_second) return fail(Violation::control_flood);
    tell(std::string(name_of(opcode)) + " " + to_hex(payload));
    if (opcode == Opcode::ping) answer("pong " + to_hex(payload));
  }

  // §5.5.1, §7.4
  void take_close(ByteView payload) {
    if (const auto violation = check_close_payload(payload, peer_of(receiver_))) {
      return fail(*violation);
    }
    if (payload.empty()) {
      answer("close none");
      tell("close none ");
      return end("closed clean 1005");
    }
    const unsigned code = payload[0] * 256U + payload[1];
    const bool back = code != close_mandatory_extension || receiver_ == Role::client;
    answer("close " + std::to_string(back ? code : unsigned{close_normal}));
    tell("close " + std::to_string(code) + " " + to_hex(payload.subspan(2)));
    end("closed clean " + std::to_string(code));
  }

  Role receiver_ = Role::server;
  Limits limits_{};
  bool ended_ = false;
  bool in_message_ = false;
  Opcode opcode_ = Opcode::text;
  Bytes message_{};
  std::uint64_t fragments_ = 0;
  std::uint64_t controls_ = 0;
  FrameStreamOutcome outcome_{};
};

}  // namespace

FrameStreamOutcome model_frame_stream(ByteView stream, Role receiver, const Limits& limits) {
  return Model(receiver, limits).hear(stream);
}

}  // namespace wsconform
