// The closing handshake, failing the connection and the end of TCP (RFC 6455 §5.5.1, §7).
#include "core/close_code.h"
#include "server-under-test/hooks.h"
#include "server-under-test/planted_defects.h"

namespace wsconform {
namespace {

using Codes = std::initializer_list<std::uint16_t>;

// Of the Close that answers the peer's.
template <typename Act>
Defect answering(std::string id, std::string says, Act act) {
  return {.id = std::move(id),
          .says = std::move(says),
          .outgoing = closes([act](Scene& scene, Frame frame) -> Frames {
            return scene.close_received ? act(scene, std::move(frame)) : only(std::move(frame));
          })};
}

// Of the Close with which the connection is failed.
template <typename Act>
Defect failing(std::string id, std::string says, Act act) {
  return {.id = std::move(id),
          .says = std::move(says),
          .outgoing = closes([act](Scene& scene, Frame frame) -> Frames {
            return scene.failed ? act(scene, std::move(frame)) : only(std::move(frame));
          })};
}

template <typename Act>
Defect closed(std::string id, std::string says, Act act) {
  return {.id = std::move(id), .says = std::move(says), .incoming = closes(act)};
}

std::uint16_t code_of(const Frame& frame) {
  return decode_close_payload(frame.payload).code.value_or(close_no_status_received);
}

Defect answering_with(std::uint16_t code) {
  return answering("close-answered-with-" + std::to_string(code),
                   "Answers every Close with code " + std::to_string(code) + ".",
                   [code](Scene&, Frame) { return only(close_frame(code)); });
}

Frames fail_for(Scene& scene) {
  scene.fail(close_protocol_error);
  return {};
}

Defect refusing_code(std::uint16_t code) {
  return closed("close-refuses-" + std::to_string(code),
                "Fails the connection for a Close with code " + std::to_string(code) + ".",
                [code](Scene& scene, Frame frame) {
                  return code_of(frame) == code ? fail_for(scene) : only(std::move(frame));
                });
}

Defect taking_code(std::uint16_t code) {
  return closed("close-takes-" + std::to_string(code),
                "Accepts a Close with code " + std::to_string(code) + ".",
                [code](Scene&, Frame frame) {
                  const bool concerned = frame.payload.size() >= 2 && code_of(frame) == code;
                  return only(concerned ? close_frame(close_normal) : std::move(frame));
                });
}

std::vector<Defect> answered_wrongly() {
  std::vector<Defect> rows = {
      answering("close-unanswered", "Ends TCP without answering a Close.",
                [](Scene&, Frame) { return Frames{}; }),
      answering("close-answered-with-one-byte", "Answers a Close with a payload of one byte.",
                [](Scene&, Frame) { return only(frame_of(Opcode::close, {0x03})); }),
      answering("close-answered-with-bad-reason",
                "Answers a Close with a reason that is not UTF-8.",
                [](Scene&, Frame) { return only(close_frame(close_normal, "\xce\xba\xff")); }),
      answering(
          "close-answered-too-long", "Answers a Close with a reason of 124 bytes.",
          [](Scene&, Frame) { return only(close_frame(close_normal, std::string(124, 'x'))); }),
      answering("close-answered-with-swapped-code",
                "Answers a Close with the bytes of its code swapped.",
                [](Scene&, Frame frame) {
                  if (frame.payload.size() >= 2) std::swap(frame.payload[0], frame.payload[1]);
                  return only(std::move(frame));
                }),
      answering("close-answered-with-pong", "Answers a Close with a Pong.",
                [](Scene&, Frame frame) {
                  return only(frame_of(Opcode::pong, std::move(frame.payload)));
                }),
      answering("message-after-close", "Sends a message after its Close.",
                [](Scene&, Frame frame) {
                  return both(std::move(frame), frame_of(Opcode::text, to_bytes("bye")));
                }),
      answering("close-after-close", "Sends a second Close after its Close.",
                [](Scene&, Frame frame) {
                  Frame again = frame;
                  return both(std::move(frame), std::move(again));
                }),
      answering("message-before-close", "Sends a message of its own before answering a Close.",
                [](Scene&, Frame frame) {
                  return both(frame_of(Opcode::text, to_bytes("bye")), std::move(frame));
                }),
  };
  for (const std::uint16_t code : Codes{0, 999, 1001, 1002, 1005, 1006, 1010, 1011, 1015, 2000})
    rows.push_back(answering_with(code));
  return rows;
}

// A Close whose header the endpoint reads by what `act` leaves of it.
Defect header_of_close(std::string id, std::string says, void (*act)(FrameHeader&)) {
  return {
      .id = std::move(id), .says = std::move(says), .header = [act](Scene&, FrameHeader& header) {
        if (header.opcode == Opcode::close) act(header);
      }};
}

std::vector<Defect> illegal_header_answered() {
  return {
      header_of_close("close-reserved-bits-ignored", "Ignores the reserved bits of a Close.",
                      [](FrameHeader& header) { header.rsv1 = header.rsv2 = header.rsv3 = false; }),
      header_of_close("close-without-fin-answered",
                      "Answers a Close without FIN like a normal one.",
                      [](FrameHeader& header) { header.fin = true; }),
      answering("close-code-invented",
                "Answers a Close with a two-digit code, outside every range.",
                [](Scene&, Frame) { return only(close_frame(0x3130)); }),
  };
}

std::vector<Defect> received_wrongly() {
  std::vector<Defect> rows = {
      closed("close-ignored", "Ignores a Close.", [](Scene&, Frame) { return Frames{}; }),
      closed("close-empty-ignored", "Ignores a Close without payload.",
             [](Scene&, Frame frame) {
               return frame.payload.empty() ? Frames{} : only(std::move(frame));
             }),
      closed("close-empty-fails", "Fails the connection for a Close without payload.",
             [](Scene& scene, Frame frame) {
               return frame.payload.empty() ? fail_for(scene) : only(std::move(frame));
             }),
      closed("close-with-reason-fails", "Fails the connection for a Close with a reason.",
             [](Scene& scene, Frame frame) {
               return frame.payload.size() > 2 ? fail_for(scene) : only(std::move(frame));
             }),
      closed("close-with-longest-reason-fails",
             "Fails the connection for a Close with a reason of 123 bytes.",
             [](Scene& scene, Frame frame) {
               return frame.payload.size() == max_control_payload ? fail_for(scene)
                                                                  : only(std::move(frame));
             }),
      closed("close-echoed-as-message", "Sends a Close back as a message.",
             [](Scene& scene, Frame& frame) {
               if (!scene.in_message) frame.header.opcode = Opcode::binary;
             }),
      closed("close-bad-reason-replaced", "Accepts a Close whose reason is not UTF-8.",
             [](Scene&, Frame& frame) {
               const bool refused = check_close_payload(frame.payload, Role::client) ==
                                    Violation::close_reason_invalid_utf8;
               if (refused) set_payload(frame, encode_close_payload(code_of(frame)));
             }),
      at_most_lenient(closed("close-one-byte-is-empty",
                             "Treats a Close with one byte of payload as empty.",
                             [](Scene&, Frame& frame) {
                               if (frame.payload.size() == 1) set_payload(frame, {});
                             })),
  };
  for (const std::uint16_t code :
       Codes{1001, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1014, 3000, 3999, 4000, 4999})
    rows.push_back(refusing_code(code));
  for (const std::uint16_t code : Codes{0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999})
    rows.push_back(taking_code(code));
  return rows;
}

std::vector<Defect> failed_wrongly() {
  return {
      failing("failure-untold", "Fails the connection by ending TCP without a Close.",
              [](Scene&, Frame) { return Frames{}; }),
      failing("failure-without-code", "Fails the connection with a Close without payload.",
              [](Scene&, Frame) { return only(frame_of(Opcode::close, {})); }),
      failing("failure-with-1006", "Fails the connection with a Close that carries 1006.",
              [](Scene&, Frame) { return only(close_frame(close_abnormal)); }),
      failing("failure-as-normal", "Fails the connection with code 1000.",
              [](Scene&, Frame) { return only(close_frame(close_normal)); }),
      failing("failure-with-bad-reason", "Fails the connection with a reason that is not UTF-8.",
              [](Scene&, Frame frame) { return only(close_frame(code_of(frame), "\xff")); }),
      failing(
          "failure-as-text", "Sends a text instead of a Close when it fails the connection.",
          [](Scene&, Frame) { return only(frame_of(Opcode::text, to_bytes("protocol error"))); }),
      failing("failure-as-silence",
              "Sends nothing and keeps TCP open when it should fail the connection.",
              [](Scene& scene, Frame) {
                scene.awaits_end = true;
                return Frames{};
              }),
      failing("failure-without-end", "Keeps TCP open after it has failed the connection.",
              [](Scene& scene, Frame frame) {
                scene.awaits_end = true;
                return only(std::move(frame));
              }),
  };
}

// The frame that was illegal comes back all the same, before the Close.
Frames remember_frame(Scene& scene, Frame frame) {
  if (is_message(frame.header.opcode)) scene.kept = frame.payload;
  return only(std::move(frame));
}

std::vector<Defect> ended_wrongly() {
  return {
      {.id = "tcp-never-ended",
       .says = "Leaves it to the client to end TCP.",
       .never_ends_tcp = true},
      {.id = "close-tcp-kept",
       .says = "Answers a Close but keeps TCP open.",
       .outgoing = closes([](Scene& scene, Frame&) { scene.awaits_end |= scene.close_received; })},
      {.id = "serves-after-close",
       .says = "Processes data after a Close.",
       .serves_after_close = true},
      {.id = "serves-after-failure",
       .says = "Processes data after it has failed the connection.",
       .serves_after_failure = true},
      {.id = "illegal-data-echoed",
       .says = "Fails the connection for an illegal frame, but sends its payload back.",
       .incoming = remember_frame,
       .outgoing = closes([](Scene& scene, Frame frame) -> Frames {
         if (!scene.failed) return only(std::move(frame));
         return both(frame_of(Opcode::binary, scene.kept), std::move(frame));
       })},
      {.id = "tcp-ended-after-first-message",
       .says = "Ends TCP without a Close after the first message.",
       .outgoing = messages([](Scene& scene, Frame&) { scene.ends = true; })},
      {.id = "closes-after-first-message",
       .says = "Closes the connection after the first message.",
       .outgoing = messages([](Scene& scene, Frame frame) -> Frames {
         scene.ends = true;
         return both(std::move(frame), close_frame(close_normal));
       })},
      {.id = "closes-at-once",
       .says = "Closes the connection as soon as it is open.",
       .answer = on_101([](Scene& scene, Answer& answer) {
         append(scene.wire, std::string_view(write_head(answer.head)));
         scene.fail(close_normal);
         answer.head.start_line.clear();
       })},
      {.id = "tcp-ended-at-once",
       .says = "Ends TCP as soon as the connection is open.",
       .answer = on_101([](Scene& scene, Answer&) { scene.ends = true; })},
  };
}

}  // namespace

std::vector<Defect> closing_defects() {
  return rows_of(
      {answered_wrongly, illegal_header_answered, received_wrongly, failed_wrongly, ended_wrongly});
}

}  // namespace wsconform
