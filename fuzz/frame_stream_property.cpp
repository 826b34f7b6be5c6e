#include "fuzz/frame_stream_property.h"

#include <algorithm>

#include "core/frame_encoder.h"
#include "fuzz/cutting.h"
#include "fuzz/frame_stream_model.h"
#include "fuzz/telling.h"

namespace wsconform {
namespace {

using Items = std::vector<FrameDecoder::Item>;

constexpr MaskingKey endpoint_key = {0x37, 0xFA, 0x21, 0x3D};
constexpr std::size_t few_kept = 5;  // payload bytes

struct Decoding {
  Items items{};
  std::optional<FrameHeader> pending{};
  bool at_boundary = false;
};

Decoding decode(const std::vector<ByteView>& pieces, std::size_t max_kept) {
  FrameDecoder decoder(max_kept);
  Decoding decoding;
  for (const ByteView piece : pieces) {
    const Bytes alone(piece.begin(), piece.end());
    decoder.feed(alone, decoding.items);
  }
  decoding.pending = decoder.pending_header();
  decoding.at_boundary = decoder.at_boundary();
  return decoding;
}

bool same_item(const FrameDecoder::Item& a, const FrameDecoder::Item& b) {
  return a.frame == b.frame && a.payload_cut == b.payload_cut && a.offset == b.offset;
}

bool same(const Decoding& a, const Decoding& b) {
  return std::ranges::equal(a.items, b.items, same_item) && a.pending == b.pending &&
         a.at_boundary == b.at_boundary;
}

// `few` is `all` with at most few_kept bytes of each payload.
bool is_cut_short(const FrameDecoder::Item& few, const FrameDecoder::Item& all) {
  Bytes kept = all.frame.payload;
  kept.resize(std::min(kept.size(), few_kept));
  return few.frame.header == all.frame.header && few.frame.payload == kept &&
         few.offset == all.offset && few.payload_cut == (kept.size() < all.frame.payload.size());
}

std::string list_of(const std::vector<std::string>& lines) {
  std::string list;
  for (const std::string& line : lines) list.append(list.empty() ? "" : "; ").append(line);
  return list;
}

Breach breach_of_end(const std::vector<std::string>& events) {
  const auto is_end = [](const std::string& event) { return event.starts_with("closed "); };
  const auto ends = std::ranges::count_if(events, is_end);
  if (ends == 1 && is_end(events.back())) return std::nullopt;
  return "the end was told " + std::to_string(ends) + " times, or not last";
}

Breach breach_of_telling(const FrameStream& stream, const Telling& told) {
  const auto model = model_frame_stream(stream.bytes, stream.receiver, stream.limits);
  if (const auto other = difference({model.events, told.output}, told)) {
    return "against the model " + *other;
  }
  const auto answers = lines_of_output(stream.receiver, told.output);
  if (!answers) return answers.error();
  if (*answers != model.answers) {
    return "the endpoint answers " + list_of(*answers) + " in place of " + list_of(model.answers);
  }
  return breach_of_end(told.events);
}

}  // namespace

FrameStream read_frame_stream(ByteView input) {
  FrameStream stream;
  if (input.size() < 2) return stream;
  if ((input[0] & frame_stream_to_client) != 0) stream.receiver = Role::client;
  if ((input[0] & frame_stream_narrow) != 0) {
    stream.limits.max_frame = 64;
    stream.limits.max_message = 100;
    stream.limits.max_fragments = 4;
    stream.limits.max_controls_per_second = 3;
  }
  stream.cut_choice = input[1];
  stream.bytes = input.subspan(2);
  return stream;
}

ConnectionOptions endpoint_of(const FrameStream& stream) {
  ConnectionOptions options;
  options.role = stream.receiver;
  options.limits = stream.limits;
  options.deadlines = {Duration::zero(), Duration::zero(), Duration::zero(), Duration::zero()};
  options.skip_handshake = true;
  options.next_masking_key = [] { return endpoint_key; };
  return options;
}

Breach breach_of_items(ByteView stream, const Items& items) {
  std::uint64_t end = 0;
  for (const FrameDecoder::Item& item : items) {
    const std::string where = "the frame at " + std::to_string(item.offset);
    if (item.offset != end) return where + " does not begin where the one before ends";
    const Bytes wire = encode(item.frame);
    end += wire.size();
    if (end > stream.size()) return where + " is longer than the stream";
    if (!std::ranges::equal(wire, stream.subspan(item.offset, wire.size()))) {
      return where + " is not the same once encoded again";
    }
  }
  return std::nullopt;
}

Breach breach_of_decoder(const FrameStream& stream) {
  const Decoding whole = decode({stream.bytes}, SIZE_MAX);
  if (const auto breach = breach_of_items(stream.bytes, whole.items)) return breach;
  const auto pieces = cut(stream.bytes, stream.cut_choice);
  if (!same(whole, decode(pieces, SIZE_MAX))) return "the decoder gives other frames when cut";
  const Decoding few = decode(pieces, few_kept);
  if (!std::ranges::equal(few.items, whole.items, is_cut_short)) {
    return "the decoder gives other frames when it keeps little";
  }
  return std::nullopt;
}

Breach breach_of_endpoint(const FrameStream& stream, const ConnectionOptions& endpoint) {
  const Telling whole = hear(endpoint, {stream.bytes});
  if (const auto breach = breach_of_telling(stream, whole)) return breach;
  const auto pieces = cut(stream.bytes, stream.cut_choice);
  const Telling in_pieces = hear(endpoint, pieces);
  if (const auto other = difference(whole, in_pieces)) return "when cut " + *other;
  if (const auto other = difference(whole, hear_one_at_a_time(endpoint, pieces))) {
    return "one at a time " + *other;
  }
  return breach_of_memory(std::max(whole.held, in_pieces.held), stream.bytes.size());
}

Breach breach_of_frame_stream(ByteView input) {
  const FrameStream stream = read_frame_stream(input);
  if (auto breach = breach_of_decoder(stream)) return breach;
  return breach_of_endpoint(stream, endpoint_of(stream));
}

}  // namespace wsconform
