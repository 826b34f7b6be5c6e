// Messages that come back changed, in another order, or not at all.
#include <algorithm>
#include <cctype>

#include "core/ascii.h"
#include "server-under-test/hooks.h"
#include "server-under-test/planted_defects.h"

namespace wsconform {
namespace {

template <typename Act>
Defect echo(std::string id, std::string says, Act act) {
  return {.id = std::move(id), .says = std::move(says), .outgoing = messages(act)};
}

bool is_text(const Frame& frame) {
  return frame.header.opcode == Opcode::text;
}

void replace_all(Bytes& in, std::string_view what, std::string_view by) {
  std::string text(text_of(in));
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  in = to_bytes(text);
}

void cut_at(Frame& frame, std::size_t size) {
  if (frame.payload.size() > size) frame.payload.resize(size);
}

// One row for each length at which implementations change their ways.
std::vector<Defect> lost_at_lengths() {
  std::vector<Defect> rows;
  for (const std::size_t length : {125U, 126U, 127U, 128U, 255U, 256U, 65535U, 65536U})
    rows.push_back(
        echo("echo-loses-byte-at-" + std::to_string(length),
             "Loses the last byte of a message of exactly " + std::to_string(length) + " bytes.",
             [length](Scene&, Frame& frame) {
               if (frame.payload.size() == length) frame.payload.pop_back();
             }));
  for (const std::size_t length : {125U, 4096U, 65535U})
    rows.push_back(
        echo("echo-cut-at-" + std::to_string(length),
             "Sends back no more than " + std::to_string(length) + " bytes of a message.",
             [length](Scene&, Frame& frame) { cut_at(frame, length); }));
  return rows;
}

// NOLINTNEXTLINE(readability-function-size): a table, a row a defect
std::vector<Defect> changed_payloads() {
  return {
      echo("echo-truncated", "Loses the last byte of every message.",
           [](Scene&, Frame& frame) {
             if (!frame.payload.empty()) frame.payload.pop_back();
           }),
      echo("echo-without-first-byte", "Loses the first byte of every message.",
           [](Scene&, Frame& frame) {
             if (!frame.payload.empty()) frame.payload.erase(frame.payload.begin());
           }),
      echo("echo-last-byte-changed", "Changes the last byte of every message.",
           [](Scene&, Frame& frame) {
             if (!frame.payload.empty()) frame.payload.back() ^= 0x01;
           }),
      echo("echo-middle-byte-changed",
           "Changes a byte in the middle of messages of 128 bytes or more.",
           [](Scene&, Frame& frame) {
             if (frame.payload.size() >= 128) frame.payload[frame.payload.size() / 2] ^= 0x01;
           }),
      echo("echo-reversed", "Sends the bytes of a message back in reverse order.",
           [](Scene&, Frame& frame) { std::ranges::reverse(frame.payload); }),
      echo("echo-with-newline", "Appends a newline to every text.",
           [](Scene&, Frame& frame) {
             if (is_text(frame)) frame.payload.push_back('\n');
           }),
      echo("echo-with-prefix", "Puts words in front of every message.",
           [](Scene&, Frame& frame) {
             const Bytes prefix = to_bytes("echo: ");
             frame.payload.insert(frame.payload.begin(), prefix.begin(), prefix.end());
           }),
      echo("echo-ends-at-nul", "Ends a message at its first zero byte.",
           [](Scene&, Frame& frame) {
             frame.payload.erase(std::ranges::find(frame.payload, 0), frame.payload.end());
           }),
      echo("echo-newlines-converted", "Sends back every newline as CR LF.",
           [](Scene&, Frame& frame) { replace_all(frame.payload, "\n", "\r\n"); }),
      echo("echo-of-7-bits", "Clears the high bit of every byte in a binary message.",
           [](Scene&, Frame& frame) {
             if (!is_text(frame))
               for (std::uint8_t& byte : frame.payload) byte &= 0x7f;
           }),
      echo("echo-upper-case", "Sends texts back in upper case.",
           [](Scene&, Frame& frame) {
             if (is_text(frame))
               for (std::uint8_t& byte : frame.payload)
                 byte = static_cast<std::uint8_t>(to_upper(static_cast<char>(byte)));
           }),
      echo("echo-of-empty-not-empty", "Sends one byte back for an empty message.",
           [](Scene&, Frame& frame) {
             if (frame.payload.empty()) frame.payload.push_back(' ');
           }),
      echo("echo-zeroed-past-64-kib",
           "Sends zeros in place of everything past the first 64 KiB of a message.",
           [](Scene&, Frame& frame) {
             for (std::size_t i = 65536; i < frame.payload.size(); ++i) frame.payload[i] = 0;
           }),
      echo("echo-loses-4-kib-block", "Loses the second 4 KiB of a longer message.",
           [](Scene&, Frame& frame) {
             if (frame.payload.size() >= 8192)
               frame.payload.erase(frame.payload.begin() + 4096, frame.payload.begin() + 8192);
           }),
  };
}

std::vector<Defect> changed_types() {
  return {
      echo("text-as-binary", "Sends texts back as binary messages.",
           [](Scene&, Frame& frame) { frame.header.opcode = Opcode::binary; }),
      echo("binary-as-text", "Sends binary messages back as texts.",
           [](Scene&, Frame& frame) { frame.header.opcode = Opcode::text; }),
      echo("empty-binary-as-text", "Sends empty binary messages back as texts.",
           [](Scene&, Frame& frame) {
             if (frame.payload.empty()) frame.header.opcode = Opcode::text;
           }),
      echo("echo-as-ping", "Sends messages back as Pings.",
           [](Scene&, Frame& frame) {
             cut_at(frame, max_control_payload);
             frame.header.opcode = Opcode::ping;
           }),
  };
}

// Every second message waits for the next and comes after it.
Frames swap_pairs(Scene& scene, Frame frame) {
  if (scene.frames.empty()) {
    scene.frames.push_back(std::move(frame));
    return {};
  }
  Frame earlier = std::move(scene.frames.front());
  scene.frames.clear();
  return both(std::move(frame), std::move(earlier));
}

Frames one_late(Scene& scene, Frame frame) {
  Frames earlier = std::exchange(scene.frames, {});
  scene.frames.push_back(std::move(frame));
  return earlier;
}

std::vector<Defect> lost_and_doubled() {
  return {
      echo("echo-missing", "Sends no message back.", [](Scene&, Frame) { return Frames{}; }),
      echo("echo-only-first", "Sends only the first message back.",
           [](Scene& scene, Frame frame) {
             return scene.count++ == 0 ? only(std::move(frame)) : Frames{};
           }),
      echo("echo-loses-every-tenth", "Loses every tenth message.",
           [](Scene& scene, Frame frame) {
             return ++scene.count % 10 == 0 ? Frames{} : only(std::move(frame));
           }),
      echo("echo-without-mark", "Removes U+FEFF from the start of a text.",
           [](Scene&, Frame& frame) {
             if (is_text(frame) && text_of(frame.payload).starts_with("\xef\xbb\xbf"))
               frame.payload.erase(frame.payload.begin(), frame.payload.begin() + 3);
           }),
      echo("echo-drops-empty", "Does not send empty messages back.",
           [](Scene&, Frame frame) {
             return frame.payload.empty() ? Frames{} : only(std::move(frame));
           }),
      echo("echo-drops-empty-text", "Does not send empty texts back.",
           [](Scene&, Frame frame) {
             return frame.payload.empty() && is_text(frame) ? Frames{} : only(std::move(frame));
           }),
      echo("echo-text-only", "Sends only texts back, no binary messages.",
           [](Scene&, Frame frame) { return is_text(frame) ? only(std::move(frame)) : Frames{}; }),
      echo("echo-binary-only", "Sends only binary messages back, no texts.",
           [](Scene&, Frame frame) { return is_text(frame) ? Frames{} : only(std::move(frame)); }),
      echo("echo-doubled", "Sends every message back twice.",
           [](Scene&, Frame frame) { return both(frame, frame); }),
      echo("echo-doubles-long", "Sends messages of more than 125 bytes back twice.",
           [](Scene&, Frame frame) {
             return frame.payload.size() > 125 ? both(frame, frame) : only(std::move(frame));
           }),
      echo("echo-reordered", "Sends each pair of messages back in the wrong order.", swap_pairs),
      echo("echo-one-late", "Sends a message back only when the next one comes.", one_late),
      echo("echo-in-two-messages", "Sends a message of two bytes or more back as two messages.",
           [](Scene&, Frame frame) {
             const std::size_t half = frame.payload.size() / 2;
             if (half == 0) return only(std::move(frame));
             const auto middle = frame.payload.begin() + static_cast<std::ptrdiff_t>(half);
             Frame rest = frame_of(frame.header.opcode, Bytes(middle, frame.payload.end()));
             frame.payload.resize(half);
             return both(frame_of(frame.header.opcode, std::move(frame.payload)), std::move(rest));
           }),
      echo("echo-stale", "Sends the previous message back in place of each one after the first.",
           [](Scene& scene, Frame& frame) {
             const Bytes current = frame.payload;
             if (scene.count++ > 0) frame.payload = scene.kept;
             scene.kept = current;
           }),
  };
}

}  // namespace

std::vector<Defect> echo_defects() {
  return rows_of({lost_at_lengths, changed_payloads, changed_types, lost_and_doubled});
}

}  // namespace wsconform
