#include "core/frame_decoder.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/masking.h"

namespace wsconform {
namespace {

std::uint64_t read_big_endian(ByteView bytes) {
  std::uint64_t value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8 | byte;
  return value;
}

// For `more` bytes: twice what there was, so that growing stays cheap, yet never more than the
// `whole` will take. What a header promises alone gets nothing.
void make_room(Bytes& payload, std::size_t more, std::size_t whole) {
  const std::size_t needed = payload.size() + more;
  if (needed > payload.capacity())
    payload.reserve(std::min(whole, std::max(needed, 2 * payload.size())));
}

}  // namespace

std::size_t decode_header(ByteView bytes, FrameHeader& header) {
  if (bytes.size() < 2) return 0;
  const std::uint8_t short_length = bytes[1] & 0x7F;
  const bool masked = (bytes[1] & 0x80) != 0;
  const std::size_t length_size = short_length == 126 ? 2 : short_length == 127 ? 8 : 0;
  const std::size_t size = 2 + length_size + (masked ? 4 : 0);
  if (bytes.size() < size) return 0;

  header.fin = (bytes[0] & 0x80) != 0;
  header.rsv1 = (bytes[0] & 0x40) != 0;
  header.rsv2 = (bytes[0] & 0x20) != 0;
  header.rsv3 = (bytes[0] & 0x10) != 0;
  header.opcode = static_cast<Opcode>(bytes[0] & 0xF);
  header.payload_length =
      length_size == 0 ? short_length : read_big_endian(bytes.subspan(2, length_size));
  header.length_form = length_size == 0   ? LengthForm::bits7
                       : length_size == 2 ? LengthForm::bits16
                                          : LengthForm::bits64;
  header.masking_key.reset();
  if (masked) std::memcpy(header.masking_key.emplace().data(), bytes.data() + size - 4, 4);
  return size;
}

std::optional<DecodedHeader> decode_header(ByteView bytes) {
  DecodedHeader decoded;
  decoded.size = decode_header(bytes, decoded.header);
  return decoded.size == 0 ? std::nullopt : std::optional(decoded);
}

void FrameDecoder::feed(ByteView bytes, std::vector<Item>& items) {
  while (!bytes.empty()) {
    if (!pending_) {
      if (!take_header(bytes)) return;
    }
    const FrameHeader& header = *pending_;
    const std::uint64_t missing = header.payload_length - received_;
    const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(missing, bytes.size()));
    Bytes& payload = item_.frame.payload;
    const std::size_t kept_before = payload.size();
    const bool has_room = !item_.payload_cut && kept_before < max_kept_;
    const std::size_t kept = has_room ? std::min(taken, max_kept_ - kept_before) : 0;
    const std::size_t whole =
        static_cast<std::size_t>(std::min<std::uint64_t>(header.payload_length, max_kept_));
    make_room(payload, kept, whole);
    append(payload, bytes.first(kept));
    if (header.masking_key)
      mask(std::span(payload).subspan(kept_before), *header.masking_key, kept_before);
    item_.payload_cut = item_.payload_cut || kept < taken;
    received_ += taken;
    bytes = bytes.subspan(taken);
    if (received_ == header.payload_length) finish(items);
  }
}

// From the front of `bytes`, where it is there as a whole; what is there of one that is cut is
// kept.
bool FrameDecoder::take_header(ByteView& bytes) {
  const std::size_t before = head_.size();
  if (before == 0) {
    if (const auto whole = decode_header(bytes)) {
      bytes = bytes.subspan(whole->size);
      begin(*whole);
      return true;
    }
    head_.reserve(max_header_size);
  }
  append(head_, bytes.first(std::min(bytes.size(), max_header_size - before)));
  const auto decoded = decode_header(head_);
  if (!decoded) return false;
  bytes = bytes.subspan(decoded->size - before);
  head_.clear();
  begin(*decoded);
  return true;
}

void FrameDecoder::begin(const DecodedHeader& decoded) {
  pending_ = decoded.header;
  received_ = 0;
  item_ = Item{};
  item_.frame.header = decoded.header;
  item_.offset = position_;
  position_ += decoded.size;
}

void FrameDecoder::finish(std::vector<Item>& items) {
  position_ += received_;
  pending_.reset();
  items.push_back(std::exchange(item_, Item{}));
}

}  // namespace wsconform
