#include "fuzz/frame_stream_property.h"

#include <algorithm>
#include <array>

#include "core/frame_encoder.h"
#include "fuzz/cutting.h"
#include "fuzz/frame_stream_model.h"
#include "fuzz/telling.h"

namespace wsconform {
namespace {

constexpr MaskingKey endpoint_key = {0x37, 0xFA, 0x21, 0x3D};
constexpr std::size_t few_kept = 5;  // payload bytes

// Whether `wire` with the key taken off (§5.3) is `payload`.
bool stands_for(ByteView wire, const std::optional<MaskingKey>& key, ByteView payload) {
  if (!key) return std::ranges::equal(wire, payload);
  if (wire.size() != payload.size()) return false;
  for (std::size_t i = 0; i < wire.size(); ++i)
    if ((wire[i] ^ (*key)[i % 4]) != payload[i]) return false;
  return true;
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
  stream.decoded = (choices & frame_stream_decoded) != 0;
  if ((choices & frame_stream_keeps_little) != 0) stream.max_kept = few_kept;
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

Breach DecodedFrames::breach_of(const FrameDecoder::Item& item) {
  std::array<std::uint8_t, max_header_size> encoded;
  const ByteView head = ByteView(encoded).first(encode_header(item.frame.header, encoded));
  const Breach breach = item.offset == end_ ? breach_of_content(item, head)
                                            : "does not begin where the one before ends";
  if (breach) return "the frame at " + std::to_string(item.offset) + " " + *breach;
  end_ += head.size() + static_cast<std::size_t>(item.frame.header.payload_length);
  return std::nullopt;
}

// `head` is its header as encoded.
Breach DecodedFrames::breach_of_content(const FrameDecoder::Item& item, ByteView head) const {
  const FrameHeader& header = item.frame.header;
  if (head.size() > rest().size() || header.payload_length > rest().size() - head.size())
    return "is longer than the stream";
  if (!std::ranges::equal(head, rest().first(head.size())))
    return "is not the same once encoded again";
  const ByteView wire = rest().subspan(head.size(), header.payload_length);
  const ByteView kept = wire.first(std::min(wire.size(), max_kept_));
  if (!stands_for(kept, header.masking_key, item.frame.payload)) return "has another payload";
  if (item.payload_cut != (kept.size() < wire.size())) return "errs about what is kept of it";
  return std::nullopt;
}

Breach DecodedFrames::breach_of_rest(const std::optional<FrameHeader>& pending,
                                     bool at_boundary) const {
  if (at_boundary != rest().empty()) return "the decoder errs about the end of a frame";
  const auto header = decode_header(rest());
  if (pending.has_value() != header.has_value()) return "a frame is not told at its end";
  if (header && pending != header->header) return "another header is told of the rest";
  return std::nullopt;
}

Breach breach_of_decoder(const FrameStream& stream) {
  FrameDecoder decoder(stream.max_kept);
  DecodedFrames frames(stream.bytes, stream.max_kept);
  LonePieces pieces(stream.bytes, stream.cut_choice);
  for (auto piece = pieces.next(); !piece.empty(); piece = pieces.next()) {
    ByteView rest = piece;
    while (const FrameDecoder::Item* const item = decoder.next(rest))
      if (auto breach = frames.breach_of(*item)) return breach;
  }
  return frames.breach_of_rest(decoder.pending_header(), decoder.at_boundary());
}

Breach breach_of_endpoint(const FrameStream& stream, const ConnectionOptions& endpoint) {
  // Used again: memory for them would be a good part of what a short stream costs.
  thread_local Record model;
  thread_local Record told;
  prepare(model, stream.bytes);
  model_frame_stream(
      stream.bytes, modelled(stream), [&](const Event& event) { add(event, model.events); },
      model.output);
  record(endpoint, stream.bytes, stream.cut_choice, stream.one_at_a_time, told);
  if (told.events != model.events || told.output != model.output) {
    return breach_in_words(stream, endpoint);
  }
  return breach_of_memory(told.held, stream.bytes.size());
}

Breach breach_of_frame_stream(ByteView input) {
  const FrameStream stream = read_frame_stream(input);
  return stream.decoded ? breach_of_decoder(stream)
                        : breach_of_endpoint(stream, endpoint_of(stream));
}

}  // namespace wsconform
