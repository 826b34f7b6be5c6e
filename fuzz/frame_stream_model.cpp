#include "fuzz/frame_stream_model.h"

#include <algorithm>
#include <array>
#include <span>

#include "core/close_code.h"
#include "core/close_payload.h"
#include "core/frame_decoder.h"
#include "core/frame_rules.h"
#include "fuzz/joined_inflater.h"
#include "fuzz/utf8_property.h"

namespace wsconform {
namespace {

using Tell = std::function<void(const Event&)>;

class Model {
 public:
  Model(const ModelledEndpoint& endpoint, const Tell& tell, Bytes& output)
      : endpoint_(endpoint), tell_(tell), output_(output) {
    message_.clear();
  }

  void hear(ByteView stream) {
    bool cut_off = false;
    while (!ended_ && !cut_off && !stream.empty()) cut_off = !take_frame(stream);
    if (!ended_) {
      tell_(Failed{
          std::nullopt, 0,
          cut_off ? "The stream ended inside a frame." : "The stream ended without a Close."});
      end({false, close_abnormal});
    }
  }

 private:
  void answer(Opcode opcode, ByteView payload) {
    const bool masks = endpoint_.role == Role::client;
    output_.push_back(static_cast<std::uint8_t>(0x80 + static_cast<unsigned>(opcode)));
    output_.push_back(static_cast<std::uint8_t>((masks ? 0x80 : 0) + payload.size()));
    if (masks) append(output_, ByteView(endpoint_.key));
    const std::size_t begin = output_.size();
    append(output_, payload);
    if (masks) unmask(endpoint_.key, std::span(output_).subspan(begin));
  }
  void answer_close(unsigned code, std::string_view reason) {
    std::array<std::uint8_t, 125> payload{static_cast<std::uint8_t>(code / 256),
                                          static_cast<std::uint8_t>(code % 256)};
    // ASCII: no character is cut.
    const auto end = std::ranges::copy(reason.substr(0, 123), payload.begin() + 2).out;
    answer(Opcode::close, ByteView(payload.begin(), end));
  }
  static void unmask(const MaskingKey& key, std::span<std::uint8_t> payload) {
    for (std::size_t i = 0; i < payload.size(); ++i) payload[i] ^= key[i % 4];
  }
  void end(Closed how) {
    tell_(how);
    ended_ = true;
  }
  // §7.1.7
  void fail(Violation violation) {
    const Rule& rule = rule_of(violation);
    answer_close(rule.close_code, rule.says);
    tell_(Failed{violation, rule.close_code, rule.says});
    end({false, close_abnormal});
  }

  // Takes one frame from the front; false where it is not there as a whole.
  bool take_frame(ByteView& stream) {
    const auto decoded = decode_header(stream);
    if (!decoded) return false;
    const FrameHeader& header = decoded->header;
    stream = stream.subspan(decoded->size);
    const bool whole = header.payload_length <= stream.size();
    const ByteView wire = whole ? stream.first(header.payload_length) : stream;
    payload_.assign(wire.begin(), wire.end());
    if (header.masking_key) unmask(*header.masking_key, payload_);
    stream = stream.subspan(wire.size());
    if (const auto violation = check_header(header, context())) {
      fail(*violation);
    } else if (is_control(header.opcode)) {
      if (whole) take_control(header.opcode, payload_);
    } else {
      take_data(header, payload_, whole);
    }
    return whole || ended_;
  }

  FrameContext context() const {
    FrameContext context;
    context.receiver = endpoint_.role;
    context.in_message = in_message_;
    context.rsv1_defined = endpoint_.deflates;
    context.compressed_so_far = compressed_;
    context.max_frame = endpoint_.limits.max_frame;
    context.max_message = endpoint_.limits.max_message;
    context.message_so_far = message_.size();
    return context;
  }

  // §5.4, §5.6, §8.1
  void take_data(const FrameHeader& header, ByteView payload, bool whole) {
    if (header.opcode != Opcode::continuation) {
      opcode_ = header.opcode;
      compressed_ = header.rsv1;
      message_.clear();
      fragments_ = 0;
    }
    in_message_ = true;
    if (++fragments_ > endpoint_.limits.max_fragments) return fail(Violation::too_many_fragments);
    const bool last = whole && header.fin;
    if (const auto violation = join(payload, last)) return fail(*violation);
    if (!last) return;
    if (opcode_ == Opcode::text && !is_text_by_simdjson(message_))
      return fail(Violation::invalid_utf8);
    in_message_ = false;
    tell_(MessageReceived{opcode_, message_});
    message_.clear();
  }

  // What is told first is what lies first in the message.
  std::optional<Violation> join(ByteView payload, bool last) {
    bool broken = false;
    if (!compressed_) {
      append(message_, payload);
    } else {
      if (!inflater_) inflater_.emplace(endpoint_.takes_over, endpoint_.limits.max_message);
      inflater_->feed(payload, message_);
      broken = inflater_->broken();
      if (!broken && last && message_.size() <= endpoint_.limits.max_message) {
        broken = !inflater_->end(message_);
      }
    }
    const auto kept = std::min<std::uint64_t>(message_.size(), endpoint_.limits.max_message);
    const ByteView within = ByteView(message_).first(static_cast<std::size_t>(kept));
    if (opcode_ == Opcode::text && !begins_text_by_simdjson(within)) return Violation::invalid_utf8;
    if (kept < message_.size()) return Violation::message_too_big;
    return broken ? std::optional(Violation::malformed_deflate) : std::nullopt;
  }

  // §5.5
  void take_control(Opcode opcode, ByteView payload) {
    if (opcode == Opcode::close) return take_close(payload);
    if (++controls_ > endpoint_.limits.max_controls_per_second) {
      return fail(Violation::control_flood);
    }
    if (opcode == Opcode::pong) return tell_(PongReceived{payload});
    tell_(PingReceived{payload});
    answer(Opcode::pong, payload);
  }

  // §5.5.1, §7.4
  void take_close(ByteView payload) {
    if (const auto violation = check_close_payload(payload, peer_of(endpoint_.role))) {
      return fail(*violation);
    }
    if (payload.empty()) {
      answer(Opcode::close, {});
      tell_(CloseReceived{});
      return end({true, close_no_status_received});
    }
    const unsigned code = payload[0] * 256U + payload[1];
    const bool back = code != close_mandatory_extension || endpoint_.role == Role::client;
    answer_close(back ? code : unsigned{close_normal}, "");
    const auto told = static_cast<std::uint16_t>(code);
    tell_(CloseReceived{told, text_of(payload.subspan(2))});
    end({true, told});
  }

  const ModelledEndpoint& endpoint_;
  const Tell& tell_;
  Bytes& output_;
  bool ended_ = false;
  bool in_message_ = false;
  bool compressed_ = false;
  Opcode opcode_ = Opcode::text;
  std::uint64_t fragments_ = 0;
  std::uint64_t controls_ = 0;
  std::optional<JoinedInflater> inflater_{};
  // Of one model after the other: room for them is much of what a short stream costs.
  static thread_local Bytes payload_;  // of the frame
  static thread_local Bytes message_;
};
thread_local Bytes Model::payload_;
thread_local Bytes Model::message_;

}  // namespace

void model_frame_stream(ByteView stream, const ModelledEndpoint& endpoint,
                        const std::function<void(const Event&)>& tell, Bytes& output) {
  Model(endpoint, tell, output).hear(stream);
}

}  // namespace wsconform
