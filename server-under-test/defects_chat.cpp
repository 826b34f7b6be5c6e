// Rooms that do not pass on what is said in them, or not to those who are there.
#include <algorithm>
#include <utility>

#include "core/ascii.h"
#include "server-under-test/hooks.h"
#include "server-under-test/planted_defects.h"

namespace wsconform {
namespace {

constexpr std::string_view room = "/chat";
constexpr std::string_view other_room = "/chat/other";

std::string_view target_of(const HttpHead& request) {
  const std::string_view line = request.start_line;
  const std::size_t from = line.find(' ');
  if (from == line.npos) return {};
  return line.substr(from + 1, line.find(' ', from + 1) - from - 1);
}

bool is_chat(const HttpHead& request) {
  return target_of(request) == room || target_of(request) == other_room;
}

void go_to(HttpHead& request, std::string_view target) {
  request.start_line = "GET " + std::string(target) + " HTTP/1.1";
}

// `act` on what a member hears: of itself, or of others. It hears itself as often as it spoke.
template <typename Act>
Defect hearing(std::string id, std::string says, bool of_itself, Act act) {
  Defect defect{.id = std::move(id), .says = std::move(says)};
  defect.incoming = messages([](Scene& scene, Frame& frame) {
    if (frame.header.fin) ++scene.count;
  });
  defect.outgoing = messages([=](Scene& scene, Frame frame) {
    if (!is_chat(scene.request)) return only(std::move(frame));
    const bool own = scene.count > 0;
    if (own) --scene.count;
    return own == of_itself ? act(scene, std::move(frame)) : only(std::move(frame));
  });
  defect.of_flows = true;
  return defect;
}

template <typename Edit>
Defect altering(std::string id, std::string says, Edit edit) {
  return hearing(std::move(id), std::move(says), false, [edit](Scene&, Frame frame) {
    edit(frame);
    set_payload(frame, std::move(frame.payload));
    return only(std::move(frame));
  });
}

}  // namespace

// NOLINTNEXTLINE(readability-function-size): a table, a row a defect
std::vector<Defect> chat_defects() {
  return {
      hearing("chat-is-heard-by-nobody-else", "Sends a room's message to its speaker alone.", false,
              [](Scene&, const Frame&) { return Frames(); }),
      hearing("chat-is-not-heard-by-the-speaker", "Sends a room's message to all but its speaker.",
              true, [](Scene&, const Frame&) { return Frames(); }),
      hearing("chat-is-heard-twice", "Sends a room's message to each of the others twice.", false,
              [](Scene&, Frame frame) { return both(frame, frame); }),
      hearing("chat-loses-empty-messages", "Passes no empty message on to a room.", false,
              [](Scene&, Frame frame) {
                return frame.payload.empty() ? Frames() : only(std::move(frame));
              }),
      hearing("chat-loses-every-third", "Loses every third message that others say in a room.",
              false,
              [](Scene& scene, Frame frame) {
                scene.kept.push_back(0);
                return scene.kept.size() % 3 == 0 ? Frames() : only(std::move(frame));
              }),
      hearing("chat-is-one-message-late",
              "Passes on what others say in a room once the next message is said.", false,
              [](Scene& scene, Frame frame) {
                return std::exchange(scene.frames, only(std::move(frame)));
              }),
      altering("chat-makes-all-text", "Passes binary messages on to a room as texts.",
               [](Frame& frame) { frame.header.opcode = Opcode::text; }),
      altering("chat-makes-all-binary", "Passes texts on to a room as binary messages.",
               [](Frame& frame) { frame.header.opcode = Opcode::binary; }),
      altering("chat-names-the-speaker", "Puts a name before what others say in a room.",
               [](Frame& frame) {
                 const Bytes said = std::exchange(frame.payload, to_bytes("ann: "));
                 append(frame.payload, ByteView(said));
               }),
      altering("chat-is-cut-at-125", "Passes at most 125 bytes of a message on to a room.",
               [](Frame& frame) {
                 if (frame.payload.size() > 125) frame.payload.resize(125);
               }),
      altering("chat-is-cut-at-zero", "Cuts what it passes on to a room at the first zero byte.",
               [](Frame& frame) {
                 frame.payload.erase(std::ranges::find(frame.payload, std::uint8_t{0}),
                                     frame.payload.end());
               }),
      altering("chat-loses-letters-beyond-ascii",
               "Puts a question mark for each byte beyond ASCII that others say in a room.",
               [](Frame& frame) {
                 if (frame.header.opcode != Opcode::text) return;
                 for (std::uint8_t& byte : frame.payload)
                   if (byte >= 0x80) byte = '?';
               }),
      seeing("chat-is-one-room", "Takes all rooms of a chat for one.",
             [](HttpHead& request) {
               if (target_of(request) == other_room) go_to(request, room);
             }),
      seeing("chat-is-a-room-for-each", "Gives each member of a chat a room of its own.",
             [](HttpHead& request) {
               if (!is_chat(request)) return;
               std::string own(room);
               own += '/';
               for (const char c : value_of(request, "Sec-WebSocket-Key"))
                 if (is_letter_or_digit(c)) own += c;
               go_to(request, own);
             }),
      seeing("chat-only-echoes", "Sends what is said in a room back to its speaker, as an echo.",
             [](HttpHead& request) {
               if (is_chat(request)) go_to_root(request);
             }),
  };
}

}  // namespace wsconform
