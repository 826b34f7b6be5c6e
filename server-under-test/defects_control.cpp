// Pings and Pongs answered wrongly (RFC 6455 §5.5.2, §5.5.3).
#include <algorithm>

#include "core/close_code.h"
#include "server-under-test/hooks.h"
#include "server-under-test/planted_defects.h"

namespace wsconform {
namespace {

template <typename Act>
Defect ponging(std::string id, std::string says, Act act) {
  return {.id = std::move(id), .says = std::move(says), .outgoing = pongs(act)};
}

template <typename Act>
Defect pinged(std::string id, std::string says, Act act) {
  return {.id = std::move(id), .says = std::move(says), .incoming = pings(act)};
}

Frames late(Scene& scene, Frame frame) {
  Frames earlier = std::exchange(scene.frames, {});
  scene.frames.push_back(std::move(frame));
  return earlier;
}

std::vector<Defect> missing() {
  return {
      ponging("pong-missing", "Does not answer Pings.", [](Scene&, Frame) { return Frames{}; }),
      ponging("pong-missing-for-empty", "Does not answer Pings without payload.",
              [](Scene&, Frame frame) {
                return frame.payload.empty() ? Frames{} : only(std::move(frame));
              }),
      ponging("pong-missing-for-longest", "Does not answer Pings with 125 bytes of payload.",
              [](Scene&, Frame frame) {
                return frame.payload.size() == max_control_payload ? Frames{}
                                                                   : only(std::move(frame));
              }),
      ponging("pong-only-first", "Answers only the first Ping.",
              [](Scene& scene, Frame frame) {
                return scene.count++ == 0 ? only(std::move(frame)) : Frames{};
              }),
      ponging("pong-one-late", "Answers a Ping only when the next one comes.", late),
      ponging("pong-missing-for-binary",
              "Does not answer Pings whose payload contains a byte above 0x7F.",
              [](Scene&, Frame frame) {
                const bool binary =
                    std::ranges::any_of(frame.payload, [](auto byte) { return byte > 0x7f; });
                return binary ? Frames{} : only(std::move(frame));
              }),
      pinged("ping-empty-fails", "Fails the connection for a Ping without payload.",
             [](Scene& scene, Frame& frame) {
               if (frame.payload.empty()) scene.fail(close_protocol_error);
             }),
      pinged("ping-125-fails", "Fails the connection for a Ping with 125 bytes of payload.",
             [](Scene& scene, Frame& frame) {
               if (frame.payload.size() == max_control_payload) scene.fail(close_protocol_error);
             }),
      pinged("ping-tenth-fails", "Fails the connection at the tenth Ping.",
             [](Scene& scene, Frame&) {
               if (++scene.count == 10) scene.fail(close_policy_violation);
             }),
      pinged("ping-many-fails",
             "Fails the connection at the hundredth Ping, after answering the others.",
             [](Scene& scene, Frame&) {
               if (++scene.count == 100) scene.fail(close_policy_violation);
             }),
      pinged("ping-ends-tcp", "Ends TCP when a Ping comes.",
             [](Scene& scene, Frame&) { scene.ends = true; }),
  };
}

std::vector<Defect> changed() {
  return {
      ponging("pong-empty", "Sends Pongs without the payload of the Ping.",
              [](Scene&, Frame& frame) { frame.payload.clear(); }),
      ponging("pong-truncated", "Loses the last byte of a Pong.",
              [](Scene&, Frame& frame) {
                if (!frame.payload.empty()) frame.payload.pop_back();
              }),
      ponging("pong-longest-truncated", "Sends only 124 bytes back for a Ping of 125.",
              [](Scene&, Frame& frame) {
                if (frame.payload.size() == max_control_payload) frame.payload.pop_back();
              }),
      ponging("pong-extended", "Appends a byte to every Pong.",
              [](Scene&, Frame& frame) { frame.payload.push_back('!'); }),
      ponging("pong-too-long", "Sends Pongs with 126 bytes of payload.",
              [](Scene&, Frame& frame) { frame.payload.resize(max_control_payload + 1, '!'); }),
      ponging("pong-byte-changed", "Changes the last byte of every Pong.",
              [](Scene&, Frame& frame) {
                if (!frame.payload.empty()) frame.payload.back() ^= 0x01;
              }),
      ponging("pong-ends-at-nul", "Ends a Pong at its first zero byte.",
              [](Scene&, Frame& frame) {
                frame.payload.erase(std::ranges::find(frame.payload, 0), frame.payload.end());
              }),
      ponging("pong-of-7-bits", "Clears the high bit of every byte of a Pong.",
              [](Scene&, Frame& frame) {
                for (std::uint8_t& byte : frame.payload) byte &= 0x7f;
              }),
      ponging("pong-stale", "Sends every Pong with the payload of the first Ping.",
              [](Scene& scene, Frame& frame) {
                if (scene.count++ == 0) scene.kept = frame.payload;
                frame.payload = scene.kept;
              }),
      ponging("pong-as-ping", "Answers a Ping with a Ping.",
              [](Scene&, Frame& frame) { frame.header.opcode = Opcode::ping; }),
      ponging("pong-as-text", "Answers a Ping with a text.",
              [](Scene&, Frame& frame) { frame.header.opcode = Opcode::text; }),
      ponging("pong-as-close", "Answers a Ping with a Close.",
              [](Scene&, Frame& frame) { frame = close_frame(close_normal); }),
      ponging("pong-and-message", "Sends a text along with the Pong.",
              [](Scene&, Frame frame) {
                return both(frame, frame_of(Opcode::text, to_bytes("ping")));
              }),
  };
}

std::vector<Defect> unasked() {
  return {
      {.id = "pong-unsolicited-fails",
       .says = "Fails the connection for an unsolicited Pong.",
       .incoming =
           frames_of<Opcode::pong>([](Scene& scene, Frame&) { scene.fail(close_protocol_error); })},
      {.id = "pong-echoed",
       .says = "Sends a Pong back as a message.",
       .incoming = frames_of<Opcode::pong>(
           [](Scene&, Frame& frame) { frame.header.opcode = Opcode::binary; })},
      {.id = "ping-echoed",
       .says = "Sends a Ping back as a message.",
       .incoming = pings([](Scene& scene, Frame& frame) {
         if (!scene.in_message) frame.header.opcode = Opcode::binary;
       })},
  };
}

}  // namespace

std::vector<Defect> control_defects() {
  return rows_of({missing, changed, unasked});
}

}  // namespace wsconform
