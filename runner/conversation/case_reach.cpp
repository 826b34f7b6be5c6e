#include "runner/conversation/case_reach.h"

#include <algorithm>

#include "core/close_payload.h"
#include "core/frame_decoder.h"
#include "core/frame_rules.h"
#include "core/handshake_judge.h"
#include "core/permessage_deflate.h"
#include "core/utf8.h"
#include "runner/casebook/case.h"
#include "runner/conversation/request_writer.h"
#include "runner/conversation/scripted_frames.h"

namespace wsconform {
namespace {

constexpr std::uint64_t most_looked_at = 1024 * 1024;  // bytes of a connection
constexpr std::size_t usual_head_limit = 16 * 1024;    // bytes

// A receiver that reads frames until the first rule is broken.
class Reader {
 public:
  // `deflates`: the case is about permessage-deflate and judged where it is agreed.
  Reader(Role role, bool deflates) {
    context_.receiver = role;
    context_.rsv1_defined = deflates;
    if (deflates) inflater_.emplace();
  }

  void feed(ByteView bytes) {
    std::vector<FrameDecoder::Item> items;
    decoder_.feed(bytes, items);
    for (const FrameDecoder::Item& item : items) {
      if (broken_) return;
      judge(item.frame);
    }
    if (!broken_ && decoder_.pending_header())
      broken_ = check_header(*decoder_.pending_header(), context_);
  }

  const std::optional<Violation>& broken() const { return broken_; }

 private:
  void judge(const Frame& frame) {
    broken_ = check_header(frame.header, context_);
    if (broken_) return;
    if (frame.header.opcode == Opcode::close) {
      broken_ = check_close_payload(frame.payload, peer_of(context_.receiver));
    } else if (!is_control(frame.header.opcode)) {
      judge_data(frame);
    }
  }

  void judge_data(const Frame& frame) {
    if (frame.header.opcode != Opcode::continuation) {
      text_ = frame.header.opcode == Opcode::text;
      compressed_ = inflater_ && frame.header.rsv1;
      utf8_.reset();
    }
    context_.in_message = !frame.header.fin;
    if (!compressed_) return judge_text(frame.payload, frame.header.fin);
    inflater_->feed(frame.payload);
    inflate(false);
    if (!frame.header.fin) return;
    inflater_->feed_end();
    inflate(true);
  }

  void inflate(bool ends) {
    while (!broken_) {
      const auto piece = inflater_->next();
      if (!piece) {
        broken_ = Violation::malformed_deflate;
        return;
      }
      judge_text(*piece, ends && piece->empty());
      if (piece->empty()) return;
    }
  }

  void judge_text(ByteView piece, bool ends) {
    if (!text_) return;
    const bool valid = utf8_.feed(piece) && (!ends || utf8_.complete());
    if (!valid) broken_ = Violation::invalid_utf8;
  }

  FrameDecoder decoder_;
  FrameContext context_;
  Utf8Validator utf8_;
  std::optional<Inflater> inflater_;
  bool text_ = false;
  bool compressed_ = false;
  std::optional<Violation> broken_;
};

MaskingKey any_key() {
  return {0x37, 0xfa, 0x21, 0x3d};
}

// What a step writes, repeats and all, as far as there is room.
Bytes wire_of(const SendFrame& step, Role sender, std::uint64_t room, Deflater* deflater) {
  Bytes wire;
  if (step.payload.size() > room) return wire;
  for (std::uint64_t i = 0; i < step.times && wire.size() < room; ++i)
    for (const WrittenFrame& frame : write_frames(step, sender, any_key, deflater))
      append(wire, frame.wire);
  return wire;
}

Bytes wire_of(const SendBytes& step, Role, std::uint64_t room, Deflater*) {
  return step.payload.size() > room ? Bytes() : step.payload.build();
}

// Reads the connections of a case one after another.
class Walk {
 public:
  Walk(Role target, bool deflates)
      : target_(target), deflates_(deflates), reader_(target, deflates) {
    if (deflates) deflater_.emplace();
  }

  void operator()(const SendFrame& step) { feed(step); }
  void operator()(const SendBytes& step) { feed(step); }
  void operator()(const Reconnect&) { begin_anew(); }
  void operator()(const auto&) {}

  ViolationSet reached() {
    begin_anew();
    return reached_;
  }

 private:
  void feed(const auto& step) {
    const Bytes wire = wire_of(step, peer_of(target_), room_, deflater_ ? &*deflater_ : nullptr);
    if (wire.empty()) room_ = 0;
    room_ -= std::min<std::uint64_t>(room_, wire.size());
    reader_.feed(wire);
  }

  void begin_anew() {
    if (const auto& broken = reader_.broken()) reached_.set(static_cast<std::size_t>(*broken));
    reader_ = Reader(target_, deflates_);
    if (deflates_) deflater_.emplace();
    room_ = most_looked_at;
  }

  Role target_ = Role::server;
  bool deflates_ = false;
  std::optional<Deflater> deflater_;
  Reader reader_;
  std::uint64_t room_ = most_looked_at;
  ViolationSet reached_;
};

void add_faults(const SendRequest& request, HandshakeFaultSet& reached) {
  TargetProfile target;
  target.address = {.tls = false, .host = "127.0.0.1", .port = 9001, .path = "/"};
  const std::string head = write_request(request, target, "dGhlIHNhbXBsZSBub25jZQ==").head;
  if (head.size() > usual_head_limit) {
    const bool in_first_line = head.find('\n') > usual_head_limit;
    reached.set(static_cast<std::size_t>(in_first_line ? HandshakeFault::request_line_too_long
                                                       : HandshakeFault::head_too_large));
    return;
  }
  for (const HandshakeFault fault : judge_request(parse_head(head)))
    reached.set(static_cast<std::size_t>(fault));
}

}  // namespace

ViolationSet violations_reached(const Case& made, Role target) {
  Walk walk(target, std::ranges::find(made.needs, permessage_deflate) != made.needs.end());
  for (const Step& step : made.steps) visit_step(walk, step);
  return walk.reached();
}

HandshakeFaultSet handshake_faults_reached(const Case& made) {
  HandshakeFaultSet reached;
  if (made.opens) add_faults(made.handshake, reached);
  for (const Step& step : made.steps)
    if (const auto* request = as<SendRequest>(step)) add_faults(*request, reached);
  return reached;
}

ViolationSet violations_to_reach(Role target) {
  ViolationSet all;
  all.set();
  for (const Violation own : {Violation::frame_too_big, Violation::message_too_big,
                              Violation::too_many_fragments, Violation::control_flood})
    all.reset(static_cast<std::size_t>(own));
  all.reset(static_cast<std::size_t>(target == Role::server ? Violation::masked_server_frame
                                                            : Violation::unmasked_client_frame));
  return all;
}

HandshakeFaultSet handshake_faults_to_reach() {
  HandshakeFaultSet all;
  for (const HandshakeRule& rule : handshake_rules())
    if (rule.status != 0) all.set(static_cast<std::size_t>(rule.fault));
  all.reset(static_cast<std::size_t>(HandshakeFault::origin_refused));
  all.reset(static_cast<std::size_t>(HandshakeFault::unauthorized));
  return all;
}

}  // namespace wsconform
