// Compressed messages written and read wrongly (RFC 7692 §6, §7.2).
#include <zlib.h>

#include <algorithm>
#include <array>

#include "core/close_code.h"
#include "core/permessage_deflate.h"
#include "core/utf8.h"
#include "server-under-test/hooks.h"
#include "server-under-test/planted_defects.h"

namespace wsconform {
namespace {

constexpr std::string_view offers_field = "Sec-WebSocket-Extensions";

// What the server sends

FrameHook compressed(void (*act)(Scene&, Frame&)) {
  return when([](const Frame& frame) { return frame.header.rsv1; }, act);
}

Defect sending(std::string id, std::string says, void (*act)(Scene&, Frame&)) {
  return {.id = std::move(id), .says = std::move(says), .outgoing = compressed(act)};
}

std::vector<Defect> written_wrongly() {
  return {
      sending("deflate-tail-left", "Leaves 00 00 FF FF at the end of what it sends.",
              [](Scene&, Frame& frame) {
                frame.payload.insert(frame.payload.end(), {0x00, 0x00, 0xFF, 0xFF});
              }),
      sending("deflate-tail-cut-too-far", "Removes five octets from the end instead of four.",
              [](Scene&, Frame& frame) {
                if (frame.payload.size() > 1) frame.payload.pop_back();
              }),
      sending("deflate-without-rsv1", "Sends compressed messages without RSV1.",
              [](Scene&, Frame& frame) { frame.header.rsv1 = false; }),
      sending("deflate-rsv2-for-rsv1", "Marks compressed messages with RSV2.",
              [](Scene&, Frame& frame) {
                frame.header.rsv1 = false;
                frame.header.rsv2 = true;
              }),
      sending(
          "deflate-zlib-header", "Puts a zlib header before its DEFLATE data.",
          [](Scene&, Frame& frame) { frame.payload.insert(frame.payload.begin(), {0x78, 0x9C}); }),
      sending("deflate-corrupt", "Sends compressed data with one wrong bit.",
              [](Scene&, Frame& frame) { frame.payload.back() ^= 0x02; }),
      sending("deflate-empty-without-octet",
              "Sends an empty compressed message without its one octet.",
              [](Scene&, Frame& frame) { frame.payload.clear(); }),
      {.id = "deflate-rsv1-on-pong",
       .says = "Sets RSV1 on its Pongs if compression is agreed.",
       .outgoing = pongs([](Scene& scene, Frame& frame) {
         frame.header.rsv1 = scene.request.count(offers_field) > 0;
       })},
      {.id = "deflate-rsv1-on-fragments",
       .says = "Sends compressed messages in fragments, each with RSV1.",
       .outgoing = when([](const Frame& frame) { return frame.header.rsv1; },
                        [](Scene&, Frame frame) -> Frames {
                          Frame rest = frame_of(Opcode::continuation, {});
                          rest.header.rsv1 = true;
                          frame.header.fin = false;
                          return both(std::move(frame), std::move(rest));
                        })},
  };
}

// What the server reads

std::vector<Defect> headers_read_wrongly() {
  return {
      {.id = "deflate-rsv1-on-control",
       .says = "Accepts control frames with RSV1 if compression is agreed.",
       .header =
           [](Scene& scene, FrameHeader& header) {
             if (is_control(header.opcode) && scene.request.count(offers_field) > 0)
               header.rsv1 = false;
           }},
      {.id = "deflate-rsv1-on-continuation",
       .says = "Accepts RSV1 on later fragments if compression is agreed.",
       .header =
           [](Scene& scene, FrameHeader& header) {
             if (header.opcode == Opcode::continuation && scene.in_message &&
                 scene.request.count(offers_field) > 0)
               header.rsv1 = false;
           }},
      {.id = "deflate-other-bits",
       .says = "Ignores RSV2 and RSV3 if RSV1 is set.",
       .header =
           [](Scene& scene, FrameHeader& header) {
             if (!header.rsv1 || scene.request.count(offers_field) == 0) return;
             header.rsv2 = header.rsv3 = false;
           }},
      {.id = "deflate-uncompressed-inflated",
       .says = "Inflates every message if compression is agreed, with or without RSV1.",
       .header =
           [](Scene& scene, FrameHeader& header) {
             if (header.opcode == Opcode::text || header.opcode == Opcode::binary)
               header.rsv1 = header.rsv1 || scene.request.count(offers_field) > 0;
           }},
      {.id = "deflate-fragments-refused",
       .says = "Fails the connection for a compressed message in fragments.",
       .incoming = when([](const Frame& frame) { return frame.header.rsv1 && !frame.header.fin; },
                        [](Scene& scene, Frame) -> Frames {
                          scene.fail(close_unsupported_data);
                          return {};
                        })},
  };
}

// A compressed message in one frame, inflated by `inflate` in place of the endpoint.
Defect inflating(std::string id, std::string says, Bytes (*inflate)(Scene&, const Bytes&)) {
  return {.id = std::move(id),
          .says = std::move(says),
          .incoming = when([](const Frame& frame) { return frame.header.rsv1 && frame.header.fin; },
                           [inflate](Scene& scene, Frame& frame) {
                             if (scene.request.count(offers_field) == 0) return;
                             frame.header.rsv1 = false;
                             frame.payload = inflate(scene, frame.payload);
                           })};
}

// As zlib does it in one call, with the octets put back or not. Nothing is noticed.
Bytes inflated_at_once(ByteView payload, ByteView tail) {
  Bytes data(payload.begin(), payload.end());
  append(data, tail);
  z_stream stream{};
  inflateInit2(&stream, -most_window_bits);
  stream.next_in = data.data();
  stream.avail_in = static_cast<uInt>(data.size());
  Bytes out;
  std::array<std::uint8_t, 4096> buffer{};
  int result = Z_OK;
  while (result == Z_OK) {
    stream.next_out = buffer.data();
    stream.avail_out = buffer.size();
    result = ::inflate(&stream, Z_SYNC_FLUSH);
    append(out, ByteView(buffer).first(buffer.size() - stream.avail_out));
    if (stream.avail_out > 0 && stream.avail_in == 0) break;
  }
  inflateEnd(&stream);
  return out;
}

constexpr std::array<std::uint8_t, 4> tail = {0x00, 0x00, 0xFF, 0xFF};

std::vector<Defect> data_read_wrongly() {
  return {
      inflating("deflate-client-context-dropped",
                "Resets the client's context although that was not agreed.",
                [](Scene&, const Bytes& payload) { return inflated_at_once(payload, tail); }),
      inflating("deflate-stops-at-final", "Drops everything after a block with BFINAL.",
                [](Scene& scene, const Bytes& payload) {
                  append(scene.kept, payload);  // so that the context lives on
                  Bytes all = inflated_at_once(scene.kept, tail);
                  const std::size_t before = scene.count;
                  scene.count = all.size();
                  return Bytes(
                      all.begin() + static_cast<std::ptrdiff_t>(std::min(before, all.size())),
                      all.end());
                }),
      inflating("deflate-empty-unread", "Does not inflate a compressed message of one octet.",
                [](Scene&, const Bytes& payload) {
                  return payload.size() == 1 ? payload : inflated_at_once(payload, tail);
                }),
      {.id = "deflate-stored-refused",
       .says = "Fails the connection for a message that begins with a stored block.",
       .incoming = compressed([](Scene& scene, Frame& frame) {
         if (frame.payload.size() > 1 && (frame.payload[0] & 0x06) == 0)
           scene.fail(close_invalid_payload);
       })},
      {.id = "deflate-fixed-refused",
       .says = "Fails the connection for a message that begins with a fixed-Huffman block.",
       .incoming = compressed([](Scene& scene, Frame& frame) {
         if (!frame.payload.empty() && (frame.payload[0] & 0x06) == 2)
           scene.fail(close_invalid_payload);
       })},
      {.id = "deflate-final-refused",
       .says = "Fails the connection for a block with BFINAL.",
       .incoming = compressed([](Scene& scene, Frame& frame) {
         if (!frame.payload.empty() && (frame.payload[0] & 0x01) != 0)
           scene.fail(close_invalid_payload);
       })},
      {.id = "deflate-dies-of-a-bomb",
       .says = "Runs out of memory at a message that inflates to more than 1 MiB, and dies.",
       .lenient = true,  // an end of TCP without a Close
       .incoming = compressed([](Scene& scene, Frame& frame) {
         if (inflated_at_once(frame.payload, tail).size() > 1024 * 1024) scene.ends = true;
       })},
      {.id = "deflate-utf8-unchecked",
       .says = "Validates only texts that are not compressed.",
       .options = tolerating({Violation::invalid_utf8}),
       .incoming = judging_texts([](const Frames& fragments) {
         if (fragments.front().header.rsv1) return true;
         Bytes text;
         for (const Frame& each : fragments) append(text, ByteView(each.payload));
         return is_utf8(text);
       })},
  };
}

}  // namespace

std::vector<Defect> deflate_data_defects() {
  return rows_of({written_wrongly, headers_read_wrongly, data_read_wrongly});
}

}  // namespace wsconform
