// Frames with a header that no server may send (RFC 6455 §5.1, §5.2, §5.5).
#include "server-under-test/hooks.h"
#include "server-under-test/planted_defects.h"

namespace wsconform {
namespace {

constexpr MaskingKey some_key = {0x37, 0xfa, 0x21, 0x3d};

std::uint64_t with_bytes_swapped(std::uint64_t length) {
  return (length & 0xff) << 8 | (length >> 8 & 0xff);
}

template <typename Act>
Defect writing(std::string id, std::string says, Act act) {
  return {.id = std::move(id), .says = std::move(says), .outgoing = act};
}

}  // namespace

// NOLINTNEXTLINE(readability-function-size): a table, a row a defect
std::vector<Defect> writing_defects() {
  return {
      writing("frames-masked", "Masks the frames it sends.",
              every_frame([](Scene&, Frame& frame) { frame.header.masking_key = some_key; })),
      writing("frames-masked-with-zero", "Sends frames with the MASK bit and a key of zero bytes.",
              every_frame([](Scene&, Frame& frame) { frame.header.masking_key = MaskingKey{}; })),
      writing("messages-masked", "Masks the messages it sends, but no other frames.",
              messages([](Scene&, Frame& frame) { frame.header.masking_key = some_key; })),
      writing("pongs-masked", "Masks the Pongs it sends.",
              pongs([](Scene&, Frame& frame) { frame.header.masking_key = some_key; })),
      writing("close-masked", "Masks the Close it sends.",
              closes([](Scene&, Frame& frame) { frame.header.masking_key = some_key; })),
      writing("messages-rsv1", "Sets RSV1 on messages although no extension was agreed.",
              messages([](Scene&, Frame& frame) { frame.header.rsv1 = true; })),
      writing("messages-rsv2", "Sets RSV2 on messages.",
              messages([](Scene&, Frame& frame) { frame.header.rsv2 = true; })),
      writing("messages-rsv3", "Sets RSV3 on messages.",
              messages([](Scene&, Frame& frame) { frame.header.rsv3 = true; })),
      writing("pongs-rsv1", "Sets RSV1 on Pongs.",
              pongs([](Scene&, Frame& frame) { frame.header.rsv1 = true; })),
      writing("close-rsv2", "Sets RSV2 on the Close.",
              closes([](Scene&, Frame& frame) { frame.header.rsv2 = true; })),
      writing("messages-without-fin", "Sends messages without FIN.",
              messages([](Scene&, Frame& frame) { frame.header.fin = false; })),
      writing("pongs-without-fin", "Sends Pongs without FIN.",
              pongs([](Scene&, Frame& frame) { frame.header.fin = false; })),
      writing("close-without-fin", "Sends the Close without FIN.",
              closes([](Scene&, Frame& frame) { frame.header.fin = false; })),
      writing("messages-reserved-opcode", "Sends messages with opcode 0x3.",
              messages([](Scene&, Frame& frame) { frame.header.opcode = Opcode::reserved_3; })),
      writing("messages-as-continuation", "Sends messages with opcode 0x0.",
              messages([](Scene&, Frame& frame) { frame.header.opcode = Opcode::continuation; })),
      writing("length16-for-short", "Writes the length of short messages in 16 bits.",
              messages([](Scene&, Frame& frame) {
                if (frame.header.length_form == LengthForm::bits7)
                  frame.header.length_form = LengthForm::bits16;
              })),
      writing("length64-for-medium",
              "Writes the length of messages of 126 to 65535 bytes in 64 bits.",
              messages([](Scene&, Frame& frame) {
                if (frame.header.length_form == LengthForm::bits16)
                  frame.header.length_form = LengthForm::bits64;
              })),
      writing(
          "length64-always", "Writes the length of every message in 64 bits.",
          messages([](Scene&, Frame& frame) { frame.header.length_form = LengthForm::bits64; })),
      {.id = "early-data-masked",
       .says = "Masks its frames if data came along with the request.",
       .read =
           [](Scene& scene, Bytes& bytes) {
             const std::size_t end = text_of(bytes).find("\r\n\r\n");
             const bool head = !scene.answered && end != std::string_view::npos;
             if (head && end + 4 < bytes.size()) scene.count = 1;
           },
       .outgoing = every_frame([](Scene& scene, Frame& frame) {
         if (scene.count > 0) frame.header.masking_key = some_key;
       })},
      writing("pongs-length16", "Writes the length of Pongs in 16 bits.",
              pongs([](Scene&, Frame& frame) { frame.header.length_form = LengthForm::bits16; })),
      writing("length16-written-little-endian", "Writes a 16-bit length with its low byte first.",
              messages([](Scene&, Frame& frame) {
                if (frame.header.length_form == LengthForm::bits16)
                  frame.header.payload_length = with_bytes_swapped(frame.header.payload_length);
              })),
      writing("length-one-too-many", "Declares one byte more than it sends.",
              messages([](Scene&, Frame& frame) { ++frame.header.payload_length; })),
      writing("length-one-too-few", "Declares one byte less than it sends.",
              messages([](Scene&, Frame& frame) {
                if (frame.header.payload_length > 0) --frame.header.payload_length;
              })),
      writing("length65535-as-64-bits", "Writes the length 65535 in 64 bits.",
              messages([](Scene&, Frame& frame) {
                if (frame.header.payload_length == 65535)
                  frame.header.length_form = LengthForm::bits64;
              })),
      writing("length125-as-16-bits", "Writes the length 125 in 16 bits.",
              messages([](Scene&, Frame& frame) {
                if (frame.header.payload_length == 125)
                  frame.header.length_form = LengthForm::bits16;
              })),
  };
}

}  // namespace wsconform
