#include "server-under-test/allowed_conduct.h"

#include <vector>

#include "server-under-test/hooks.h"

namespace wsconform {
namespace {

std::vector<Defect> rows() {
  return {
      {.id = "heartbeat",
       .says = "Sends a Pong that nobody asked for after each message (RFC 6455 §5.5.3).",
       .outgoing = messages([](Scene&, Frame frame) {
         return both(std::move(frame), frame_of(Opcode::pong, to_bytes("unasked")));
       })},
      {.id = "pong-twice",
       .says = "Sends every Pong twice; the second answers nothing (RFC 6455 §5.5.3).",
       .outgoing = pongs([](Scene&, Frame frame) { return both(frame, frame); })},
      {.id = "pong-for-pong",
       .says = "Answers a Pong with a Pong (RFC 6455 §5.5.3).",
       .incoming = frames_of<Opcode::pong>([](Scene& scene, Frame& frame) {
         const FrameHeader& header = frame.header;
         const bool legal = header.fin && !header.rsv1 && !header.rsv2 && !header.rsv3 &&
                            frame.payload.size() <= max_control_payload && !scene.failed;
         if (legal) scene.write(frame_of(Opcode::pong, frame.payload));
       })},
      {.id = "ping-first",
       .says = "Sends a Ping before each message (RFC 6455 §5.5.2).",
       .outgoing = messages([](Scene&, Frame frame) {
         return both(frame_of(Opcode::ping, to_bytes("there?")), std::move(frame));
       })},
      {.id = "named-and-dated",
       .says = "Tells Server and Date in the 101, and a field of its own (RFC 6455 §4.2.2).",
       .answer = on_101([](Scene&, Answer& answer) {
         set_field(answer.head, "Server", "nobody/1.0 (none)");
         set_field(answer.head, "Date", "Sun, 06 Nov 1994 08:49:37 GMT");
         set_field(answer.head, "X-Powered-By", "nothing");
       })},
      {.id = "connection-closes-behind-a-refusal",
       .says = "Tells in a refusal that it closes the connection (RFC 9112 §9.6).",
       .answer = on_refusal(
           [](Scene&, Answer& answer) { set_field(answer.head, "Connection", "close"); })},
  };
}

}  // namespace

std::span<const Defect> allowed_conduct() {
  static const std::vector<Defect> all = rows();
  return all;
}

}  // namespace wsconform
