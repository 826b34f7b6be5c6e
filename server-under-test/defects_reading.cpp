// Lengths misread, payloads unmasked wrongly (RFC 6455 §5.2, §5.3).
#include <algorithm>

#include "core/close_code.h"
#include "core/masking.h"
#include "server-under-test/hooks.h"
#include "server-under-test/planted_defects.h"

namespace wsconform {
namespace {

bool is_long(const FrameHeader& header, LengthForm form) {
  return header.length_form == form && header.payload_length != 0;
}

void misread(FrameHeader& header, std::uint64_t length) {
  header.payload_length = length;
  header.length_form = shortest_form(length);
}

std::uint64_t swapped16(std::uint64_t length) {
  return (length & 0xff) << 8 | (length >> 8 & 0xff);
}

void misread_16_bits_little_endian(Scene&, FrameHeader& header) {
  if (is_long(header, LengthForm::bits16)) misread(header, swapped16(header.payload_length));
}

void misread_16_bits_signed(Scene& scene, FrameHeader& header) {
  if (is_long(header, LengthForm::bits16) && header.payload_length > 0x7fff)
    scene.fail(close_protocol_error);
}

void misread_16_bits_low_byte(Scene&, FrameHeader& header) {
  if (is_long(header, LengthForm::bits16)) misread(header, header.payload_length & 0xff);
}

void misread_64_bits_low_half(Scene&, FrameHeader& header) {
  if (is_long(header, LengthForm::bits64)) misread(header, header.payload_length & 0xffff);
}

void refuse_64_bits(Scene& scene, FrameHeader& header) {
  if (is_long(header, LengthForm::bits64) && header.payload_length >> 63 == 0)
    scene.fail(close_protocol_error);
}

// XORs the key over the payload once more: what was unmasked is masked again.
void leave_masked(Frame& frame, std::size_t from, std::size_t to) {
  if (!frame.header.masking_key) return;
  to = std::min(to, frame.payload.size());
  for (std::size_t i = from; i < to; ++i) frame.payload[i] ^= (*frame.header.masking_key)[i % 4];
}

// As if the first byte had another place in the frame.
void unmask_from(Frame& frame, std::size_t offset) {
  if (!frame.header.masking_key) return;
  mask(frame.payload, *frame.header.masking_key);
  mask(frame.payload, *frame.header.masking_key, offset);
}

// Each read begins with the first byte of the key, wherever in the payload it is.
void restart_key(std::span<std::uint8_t> piece, std::uint64_t offset, const MaskingKey& key) {
  mask(piece, key, offset);
  mask(piece, key);
}

template <typename Act>
Defect reading(std::string id, std::string says, Act act) {
  return {.id = std::move(id), .says = std::move(says), .incoming = every_frame(act)};
}

Defect lengths(std::string id, std::string says, void (*act)(Scene&, FrameHeader&)) {
  return {.id = std::move(id), .says = std::move(says), .header = act};
}

std::vector<Defect> misread_lengths() {
  return {
      lengths("length16-little-endian", "Reads a 16-bit length with its low byte first.",
              misread_16_bits_little_endian),
      lengths("length16-signed", "Reads a 16-bit length above 32767 as negative.",
              misread_16_bits_signed),
      lengths("length16-low-byte", "Reads only the low byte of a 16-bit length.",
              misread_16_bits_low_byte),
      lengths("length64-low-half", "Reads only the low 16 bits of a 64-bit length.",
              misread_64_bits_low_half),
      lengths("length64-low-word", "Reads only the low 32 bits of a 64-bit length.",
              [](Scene&, FrameHeader& header) {
                if (header.payload_length > 0xffff'ffff)
                  misread(header, header.payload_length & 0xffff'ffff);
              }),
      lengths("length64-refused", "Fails the connection for any 64-bit length.", refuse_64_bits),
      lengths("length125-refused", "Fails the connection for a payload of 125 bytes.",
              [](Scene& scene, FrameHeader& header) {
                if (header.payload_length == 125) scene.fail(close_protocol_error);
              }),
      lengths("length0-misread", "Reads a frame without payload as one with a single byte.",
              [](Scene&, FrameHeader& header) {
                if (header.payload_length == 0) header.payload_length = 1;
              }),
      lengths("unmasked-awaits-more",
              "Notices an unmasked frame without payload only when another byte comes.",
              [](Scene&, FrameHeader& header) {
                if (header.payload_length != 0 || header.masking_key) return;
                header.payload_length = 1;
                header.masking_key = MaskingKey{};
              }),
      lengths("length-high-bit-cleared", "Ignores the high bit of a 64-bit length.",
              [](Scene&, FrameHeader& header) {
                if (header.payload_length >> 63 != 0)
                  misread(header, header.payload_length << 1 >> 1);
              }),
      at_most_lenient(
          lengths("length-high-bit-too-big",
                  "Rejects a 64-bit length with its high bit set as too big, not as illegal.",
                  [](Scene& scene, FrameHeader& header) {
                    if (header.payload_length >> 63 != 0) scene.fail(close_message_too_big);
                  })),
  };
}

// NOLINTNEXTLINE(readability-function-size): a table, a row a defect
std::vector<Defect> misread_masks() {
  return {
      reading("unmasks-nothing", "Does not unmask payloads.",
              [](Scene&, Frame& frame) { leave_masked(frame, 0, frame.payload.size()); }),
      reading("unmasks-from-second-key-byte", "Begins unmasking with the second byte of the key.",
              [](Scene&, Frame& frame) { unmask_from(frame, 1); }),
      reading("unmasks-not-by-third-byte-alone",
              "Takes a masking key for none if only its third byte is not zero.",
              [](Scene&, Frame& frame) {
                const auto& key = frame.header.masking_key;
                if (key && ((*key)[0] | (*key)[1] | (*key)[3]) == 0)
                  leave_masked(frame, 0, frame.payload.size());
              }),
      reading("unmasks-first-4-bytes", "Unmasks only the first four bytes of a payload.",
              [](Scene&, Frame& frame) { leave_masked(frame, 4, frame.payload.size()); }),
      reading("unmasks-whole-words",
              "Leaves the last bytes masked if the length of a payload is not a multiple of four.",
              [](Scene&, Frame& frame) {
                leave_masked(frame, frame.payload.size() & ~std::size_t{3}, frame.payload.size());
              }),
      reading("unmasks-first-64-kib", "Unmasks only the first 64 KiB of a payload.",
              [](Scene&, Frame& frame) { leave_masked(frame, 65536, frame.payload.size()); }),
      reading("unmasks-no-control-frame", "Does not unmask the payloads of control frames.",
              [](Scene&, Frame& frame) {
                if (is_control(frame.header.opcode)) leave_masked(frame, 0, frame.payload.size());
              }),
      reading("unmasks-no-continuation", "Does not unmask the payloads of continuation frames.",
              [](Scene&, Frame& frame) {
                if (frame.header.opcode == Opcode::continuation)
                  leave_masked(frame, 0, frame.payload.size());
              }),
      reading("unmasks-across-fragments",
              "Continues in the masking key where the previous fragment ended.",
              [](Scene& scene, Frame& frame) {
                if (is_control(frame.header.opcode)) return;
                const std::uint64_t before =
                    frame.header.opcode == Opcode::continuation ? scene.count : 0;
                scene.count = before + frame.payload.size();
                unmask_from(frame, before % 4);
              }),
      reading("unmasks-with-first-key", "Unmasks every frame with the key of the first one.",
              [](Scene& scene, Frame& frame) {
                if (!frame.header.masking_key) return;
                if (scene.kept.empty())
                  scene.kept.assign(frame.header.masking_key->begin(),
                                    frame.header.masking_key->end());
                leave_masked(frame, 0, frame.payload.size());
                mask(frame.payload, {scene.kept[0], scene.kept[1], scene.kept[2], scene.kept[3]});
              }),
      lengths("masking-key-of-zero-refused",
              "Fails the connection for a masking key of four zero bytes.",
              [](Scene& scene, FrameHeader& header) {
                if (header.masking_key == MaskingKey{}) scene.fail(close_protocol_error);
              }),
      {.id = "unmasks-afresh-each-read",
       .says = "Starts again with the first byte of the masking key at each read.",
       .header =
           [](Scene& scene, FrameHeader& header) {
             const MaskingKey key = header.masking_key.value_or(MaskingKey{});
             scene.kept.assign(key.begin(), key.end());
           },
       .piece =
           [](Scene& scene, std::span<std::uint8_t> piece, std::uint64_t offset) {
             restart_key(piece, offset,
                         {scene.kept[0], scene.kept[1], scene.kept[2], scene.kept[3]});
           }},
  };
}

}  // namespace

std::vector<Defect> reading_defects() {
  std::vector<Defect> rows = misread_lengths();
  for (Defect& row : misread_masks()) rows.push_back(std::move(row));
  return rows;
}

}  // namespace wsconform
