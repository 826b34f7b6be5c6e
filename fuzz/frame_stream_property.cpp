#include "fuzz/frame_stream_property.h"

#include <algorithm>

#include "core/frame_encoder.h"
#include "fuzz/cutting.h"
#include "fuzz/frame_stream_model.h"
#include "fuzz/telling.h"

namespace wsconform {
namespace {

constexpr MaskingKey endpoint_key = {0x37, 0xFA, 0x21, 0x3D};
constexpr std::size_t few_kept = 5;  // payload bytes

DecodedStream decode(ByteView stream, std::uint8_t cut_choice, std::size_t max_kept) {
  FrameDecoder decoder(max_kept);
  DecodedStream decoded;
  LonePieces pieces(stream, cut_choice);
  for (auto piece = pieces.next(); !piece.empty(); piece = pieces.next())
    decoder.feed(piece, decoded.items);
  decoded.pending = decoder.pending_header();
  decoded.at_boundary = decoder.at_boundary();
  return decoded;
}

// `few` is `all` with at most few_kept bytes of each payload.
bool is_cut_short(const FrameDecoder::Item& few, const FrameDecoder::Item& all) {
  Bytes kept = all.frame.payload;
  kept.resize(std::min(kept.size(), few_kept));
  return few.frame.header == all.frame.header && few.frame.payload == kept &&
         few.offset == all.offset && few.payload_cut == (kept.size() < all.frame.payload.size());
}

ModelledEndpoint modelled(const FrameStream& stream) {
  return {stream.receiver, stream.limits, stream.deflates, stream.takes_over, endpoint_key};
}

// The same once more, in words: where it is and what differs.
std::string breach_in_words(const FrameStream& stream, const ConnectionOptions& endpoint) {
  Telling model;
  model_frame_stream(
      stream.bytes, modelled(stream),
      [&](const Event& event) { model.events.push_back(line_of(event)); }, model.output);
  const std::vector<ByteView> whole = {stream.bytes};
  if (const auto other = difference(model, hear(endpoint, whole))) return *other;
  const auto pieces = cut(stream.bytes, stream.cut_choice);
  if (const auto other = difference(model, hear(endpoint, pieces))) return "when cut " + *other;
  const auto other = difference(model, hear_one_at_a_time(endpoint, pieces));
  return "one at a time " + other.value_or("it is the same again");
}

}  // namespace

FrameStream read_frame_stream(ByteView input) {
  FrameStream stream;
  const std::uint8_t choices = take_choice(input);
  if ((choices & frame_stream_to_client) != 0) stream.receiver = Role::client;
  stream.deflates = (choices & frame_stream_deflate) != 0;
  stream.takes_over = (choices & frame_stream_without_takeover) == 0;
  stream.one_at_a_time = (choices & frame_stream_one_at_a_time) != 0;
  stream.keeps_little = (choices & frame_stream_keeps_little) != 0;
  if (stream.deflates) stream.limits.max_message = 64 * 1024;
  if ((choices & frame_stream_narrow) != 0) {
    stream.limits.max_frame = 64;
    stream.limits.max_message = 100;
    stream.limits.max_fragments = 4;
    stream.limits.max_controls_per_second = 3;
  }
  stream.cut_choice = take_choice(input);
  stream.bytes = input;
  return stream;
}

ConnectionOptions endpoint_of(const FrameStream& stream) {
  ConnectionOptions options;
  options.role = stream.receiver;
  options.limits = stream.limits;
  options.deadlines = {Duration::zero(), Duration::zero(), Duration::zero(), Duration::zero()};
  options.skip_handshake = true;
  if (stream.deflates) {
    const DeflateContext context{most_window_bits, stream.takes_over};
    options.deflate = DeflateAgreement{context, context};
  }
  options.next_masking_key = [] { return endpoint_key; };
  return options;
}

Breach breach_of_items(ByteView stream, const DecodedStream& decoded) {
  std::uint64_t end = 0;
  Bytes wire;
  for (const FrameDecoder::Item& item : decoded.items) {
    const auto where = [&] { return "the frame at " + std::to_string(item.offset); };
    if (item.offset != end) return where() + " does not begin where the one before ends";
    wire.clear();
    encode(item.frame.header, item.frame.payload, wire);
    end += wire.size();
    if (end > stream.size()) return where() + " is longer than the stream";
    if (!std::ranges::equal(wire, stream.subspan(item.offset, wire.size()))) {
      return where() + " is not the same once encoded again";
    }
  }
  const ByteView rest = stream.subspan(end);
  if (decoded.at_boundary != rest.empty()) return "the decoder errs about the end of a frame";
  const auto header = decode_header(rest);
  if (decoded.pending.has_value() != header.has_value()) return "a frame is not told at its end";
  if (header && decoded.pending != header->header) return "another header is told of the rest";
  return std::nullopt;
}

Breach breach_of_decoder(const FrameStream& stream) {
  const DecodedStream whole =
      decode(stream.bytes, stream.keeps_little ? 0 : stream.cut_choice, SIZE_MAX);
  auto breach = breach_of_items(stream.bytes, whole);
  if (breach || !stream.keeps_little) return breach;
  const DecodedStream few = decode(stream.bytes, stream.cut_choice, few_kept);
  if (!std::ranges::equal(few.items, whole.items, is_cut_short) || few.pending != whole.pending) {
    return "the decoder gives other frames when it keeps little";
  }
  return std::nullopt;
}

Breach breach_of_endpoint(const FrameStream& stream, const ConnectionOptions& endpoint) {
  Record model = record_for(stream.bytes);
  model_frame_stream(
      stream.bytes, modelled(stream), [&](const Event& event) { add(event, model.events); },
      model.output);
  const Record told = record(endpoint, stream.bytes, stream.cut_choice, stream.one_at_a_time);
  if (told.events != model.events || told.output != model.output) {
    return breach_in_words(stream, endpoint);
  }
  return breach_of_memory(told.held, stream.bytes.size());
}

Breach breach_of_frame_stream(ByteView input) {
  const FrameStream stream = read_frame_stream(input);
  if (auto breach = breach_of_decoder(stream)) return breach;
  return breach_of_endpoint(stream, endpoint_of(stream));
}

}  // namespace wsconform
