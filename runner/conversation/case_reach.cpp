#include "runner/conversation/case_reach.h"

#include <algorithm>
#include <span>
#include <utility>

#include "core/close_payload.h"
#include "core/frame_receiver.h"
#include "core/handshake_judge.h"
#include "core/permessage_deflate.h"
#include "runner/casebook/case.h"
#include "runner/conversation/request_writer.h"
#include "runner/conversation/scripted_frames.h"

namespace wsconform {
namespace {

constexpr std::uint64_t most_looked_at = 128 * 1024;  // bytes of a connection
constexpr std::size_t usual_head_limit = 16 * 1024;   // bytes

// A receiver without limits of its own, which reads until the first rule is broken.
class Reader {
 public:
  // `deflates`: the case is about permessage-deflate and judged where it is agreed.
  Reader(Role role, bool deflates) : role_(role), receiver_({.receiver = role}) {
    if (deflates) receiver_.inflate_with({});
  }

  void feed(Bytes wire) {
    std::span<std::uint8_t> rest = wire;
    while (!broken_) {
      const Received* received = receiver_.next(rest);
      if (received == nullptr) break;
      judge(*received);
    }
    receiver_.release();
  }

  const std::optional<Violation>& broken() const { return broken_; }

 private:
  void judge(const Received& received) {
    if (received.kind == Received::Kind::violation) {
      broken_ = received.violation;
    } else if (received.opcode == Opcode::close) {
      broken_ = check_close_payload(received.payload, peer_of(role_));
    }
  }

  Role role_ = Role::server;
  FrameReceiver receiver_;
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
  void operator()(const TurnTo&) { begin_anew(); }
  void operator()(const auto&) {}

  ViolationSet reached() {
    begin_anew();
    return reached_;
  }

 private:
  void feed(const auto& step) {
    Bytes wire = wire_of(step, peer_of(target_), room_, deflater_ ? &*deflater_ : nullptr);
    if (wire.empty()) room_ = 0;
    room_ -= std::min<std::uint64_t>(room_, wire.size());
    reader_.feed(std::move(wire));
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

HandshakeFaultSet handshake_faults_reached(const Case& made, Role target) {
  HandshakeFaultSet reached;
  if (target == Role::client) return reached;
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

HandshakeFaultSet handshake_faults_to_reach(Role target) {
  HandshakeFaultSet all;
  for (const HandshakeRule& rule : handshake_rules()) {
    const bool of_request = rule.status != 0;
    if (of_request == (target == Role::server)) all.set(static_cast<std::size_t>(rule.fault));
  }
  all.reset(static_cast<std::size_t>(HandshakeFault::origin_refused));
  all.reset(static_cast<std::size_t>(HandshakeFault::unauthorized));
  return all;
}

}  // namespace wsconform
