// Fragments joined, counted or sent wrongly (RFC 6455 §5.4).
#include <algorithm>

#include "core/close_code.h"
#include "server-under-test/hooks.h"
#include "server-under-test/planted_defects.h"

namespace wsconform {
namespace {

bool continues(const Frame& frame) {
  return frame.header.opcode == Opcode::continuation;
}
bool is_fragment(const Frame& frame) {
  return continues(frame) || !frame.header.fin;
}

template <typename Act>
Defect joining(std::string id, std::string says, Act act) {
  return {.id = std::move(id), .says = std::move(says), .incoming = messages(act)};
}

template <typename Act>
Defect between(std::string id, std::string says, Act act) {
  return {.id = std::move(id), .says = std::move(says), .incoming = every_frame(act)};
}

template <typename Act>
Defect sending(std::string id, std::string says, Act act) {
  return {.id = std::move(id), .says = std::move(says), .outgoing = messages(act)};
}

// NOLINTNEXTLINE(readability-function-size): a table, a row a defect
std::vector<Defect> joined_wrongly() {
  return {
      joining("joins-without-first-fragment", "Forgets the first fragment of a message.",
              [](Scene&, Frame& frame) {
                if (!frame.header.fin && !continues(frame)) frame.payload.clear();
              }),
      joining("joins-without-last-fragment", "Forgets the last fragment of a message.",
              [](Scene&, Frame& frame) {
                if (frame.header.fin && continues(frame)) frame.payload.clear();
              }),
      joining("joins-without-middle-fragments", "Forgets all fragments but the first and the last.",
              [](Scene&, Frame& frame) {
                if (!frame.header.fin && continues(frame)) frame.payload.clear();
              }),
      joining("joins-without-byte-at-seams", "Loses the first byte of every continuation.",
              [](Scene&, Frame& frame) {
                if (continues(frame) && !frame.payload.empty())
                  frame.payload.erase(frame.payload.begin());
              }),
      joining("joins-without-byte-at-odd-seams",
              "Loses a byte at the end of each fragment of odd length.",
              [](Scene&, Frame& frame) {
                if (!frame.header.fin && frame.payload.size() % 2 == 1) frame.payload.pop_back();
              }),
      joining("joins-with-space", "Inserts a space between fragments.",
              [](Scene&, Frame& frame) {
                if (continues(frame)) frame.payload.insert(frame.payload.begin(), ' ');
              }),
      joining("fragments-as-messages", "Treats every fragment as a message of its own.",
              [](Scene& scene, Frame& frame) {
                if (!is_fragment(frame)) return;
                if (continues(frame) && scene.in_message)
                  frame.header.opcode = scene.message_opcode;
                frame.header.fin = true;
              }),
      joining("first-fragment-is-message",
              "Treats the first fragment as the whole message and drops the rest.",
              [](Scene& scene, Frame frame) {
                if (continues(frame) && scene.in_message) return Frames{};
                frame.header.fin = true;
                return only(std::move(frame));
              }),
      joining("empty-fragment-ends-message", "Treats an empty fragment as the end of its message.",
              [](Scene& scene, Frame frame) {
                if (continues(frame) && scene.in_message && scene.count == 1) return Frames{};
                const bool ends = continues(frame) && frame.payload.empty();
                if (ends) frame.header.fin = true;
                scene.count = ends ? 1 : 0;
                return only(std::move(frame));
              }),
      joining("empty-last-fragment-ignored", "Keeps waiting after an empty last fragment.",
              [](Scene&, Frame& frame) {
                if (continues(frame) && frame.payload.empty()) frame.header.fin = false;
              }),
      joining("empty-first-fragment-ignored",
              "Forgets that a message has begun if its first fragment is empty.",
              [](Scene&, Frame frame) {
                return !frame.header.fin && !continues(frame) && frame.payload.empty()
                           ? Frames{}
                           : only(std::move(frame));
              }),
      joining("fragmented-binary-is-text", "Treats a fragmented binary message as text.",
              [](Scene&, Frame& frame) {
                if (!frame.header.fin && frame.header.opcode == Opcode::binary)
                  frame.header.opcode = Opcode::text;
              }),
      joining("fragmented-text-is-binary", "Treats a fragmented text as a binary message.",
              [](Scene&, Frame& frame) {
                if (!frame.header.fin && frame.header.opcode == Opcode::text)
                  frame.header.opcode = Opcode::binary;
              }),
      joining("two-fragments-at-most", "Fails the connection at the third fragment of a message.",
              [](Scene& scene, Frame& frame) {
                scene.count = continues(frame) ? scene.count + 1 : 1;
                if (scene.count > 2 && scene.in_message) scene.fail(close_policy_violation);
              }),
      {.id = "fragments-refused",
       .says = "Fails the connection at the second fragment of any message.",
       .options = [](ConnectionOptions& options) { options.limits.max_fragments = 1; }},
  };
}

// The last byte of the control frame's payload ends up in the message around it.
Frames leak_into_message(Scene& scene, Frame frame) {
  if (is_control(frame.header.opcode)) {
    if (scene.in_message && !frame.payload.empty()) scene.kept.push_back(frame.payload.back());
    return only(std::move(frame));
  }
  const Bytes leaked = std::exchange(scene.kept, {});
  if (leaked.empty() || !continues(frame)) return only(std::move(frame));
  frame.payload.insert(frame.payload.begin(), leaked.begin(), leaked.end());
  set_payload(frame, std::move(frame.payload));
  return only(std::move(frame));
}

// What came before the control frame is lost; what follows begins the message.
Frames forget_what_came_before(Scene& scene, Frame frame) {
  if (is_control(frame.header.opcode)) {
    if (scene.in_message) scene.frames.clear();
    return only(std::move(frame));
  }
  if (!continues(frame)) scene.frames.clear();
  scene.frames.push_back(frame);
  if (!frame.header.fin) return {};
  Frames message = std::exchange(scene.frames, {});
  message.front().header.opcode = scene.in_message ? scene.message_opcode : frame.header.opcode;
  return message;
}

Frames swallow_in_message(Scene& scene, Frame frame, Opcode opcode) {
  const bool swallowed = scene.in_message && frame.header.opcode == opcode;
  return swallowed ? Frames{} : only(std::move(frame));
}

std::vector<Defect> interrupted_wrongly() {
  return {
      between("ping-in-message-unanswered", "Ignores a Ping between fragments.",
              [](Scene& scene, Frame frame) {
                return swallow_in_message(scene, std::move(frame), Opcode::ping);
              }),
      between("close-in-message-ignored", "Ignores a Close between fragments.",
              [](Scene& scene, Frame frame) {
                return swallow_in_message(scene, std::move(frame), Opcode::close);
              }),
      between("ping-in-message-fails", "Fails the connection for a Ping between fragments.",
              [](Scene& scene, Frame& frame) {
                if (scene.in_message && frame.header.opcode == Opcode::ping)
                  scene.fail(close_protocol_error);
              }),
      between("pong-in-message-fails", "Fails the connection for a Pong between fragments.",
              [](Scene& scene, Frame& frame) {
                if (scene.in_message && frame.header.opcode == Opcode::pong)
                  scene.fail(close_protocol_error);
              }),
      between("ping-leaks-into-message", "Mixes a byte of a Ping into the message around it.",
              leak_into_message),
      between("ping-forgets-fragments", "Forgets the fragments that came before a control frame.",
              forget_what_came_before),
      {.id = "ping-in-message-answered-late",
       .says = "Answers a Ping between fragments only after the message.",
       .incoming = every_frame([](Scene& scene, Frame frame) -> Frames {
         if (scene.in_message && frame.header.opcode == Opcode::ping) {
           scene.frames.push_back(std::move(frame));
           return {};
         }
         const bool message_ends = is_message(frame.header.opcode) && frame.header.fin;
         Frames passed = only(std::move(frame));
         if (message_ends)
           std::ranges::move(std::exchange(scene.frames, {}), std::back_inserter(passed));
         return passed;
       })},
  };
}

Frames halves(Frame frame, Opcode second, bool second_fin) {
  const auto middle = frame.payload.begin() + static_cast<std::ptrdiff_t>(frame.payload.size() / 2);
  Frame rest = frame_of(second, Bytes(middle, frame.payload.end()));
  rest.header.fin = second_fin;
  Frame first = frame_of(frame.header.opcode, Bytes(frame.payload.begin(), middle));
  first.header.fin = false;
  return both(std::move(first), std::move(rest));
}

std::vector<Defect> sent_wrongly() {
  return {
      sending("echo-fragments-repeat-opcode",
              "Sends messages in two fragments, the second with the opcode again.",
              [](Scene&, Frame frame) {
                const Opcode opcode = frame.header.opcode;
                return halves(std::move(frame), opcode, true);
              }),
      sending("echo-fragments-never-end", "Sends messages in two fragments, neither with FIN.",
              [](Scene&, Frame frame) {
                return halves(std::move(frame), Opcode::continuation, false);
              }),
      sending("echo-fragments-without-start", "Sends messages in two fragments, both with FIN.",
              [](Scene&, Frame frame) {
                Frames parts = halves(std::move(frame), Opcode::continuation, true);
                parts.front().header.fin = true;
                return parts;
              }),
      sending("echo-fragments-lose-last", "Sends only the first of two fragments.",
              [](Scene&, Frame frame) {
                Frames parts = halves(std::move(frame), Opcode::continuation, true);
                parts.pop_back();
                return parts;
              }),
      sending("echo-fragments-in-reverse",
              "Sends messages in two fragments with their payloads swapped.",
              [](Scene&, Frame frame) {
                Frames parts = halves(std::move(frame), Opcode::continuation, true);
                Bytes first = std::move(parts.front().payload);
                set_payload(parts.front(), std::move(parts.back().payload));
                set_payload(parts.back(), std::move(first));
                return parts;
              }),
  };
}

}  // namespace

std::vector<Defect> fragmentation_defects() {
  return rows_of({joined_wrongly, interrupted_wrongly, sent_wrongly});
}

}  // namespace wsconform
