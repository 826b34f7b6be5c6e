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
  const std::uint8_t first = bytes[0];
  const std::uint8_t short_length = bytes[1] & 0x7F;
  const bool masked = (bytes[1] & 0x80) != 0;
  const std::size_t length_size = short_length < 126 ? 0 : short_length == 126 ? 2 : 8;
  const std::size_t size = 2 + length_size + (masked ? 4 : 0);
  if (bytes.size() < size) return 0;

  header.fin = (first & 0x80) != 0;
  header.rsv1 = (first & 0x40) != 0;
  header.rsv2 = (first & 0x20) != 0;
  header.rsv3 = (first & 0x10) != 0;
  header.opcode = static_cast<Opcode>(first & 0xF);
  header.length_form = LengthForm::bits7;
  header.payload_length = short_length;
  if (length_size > 0) {
    header.length_form = length_size == 2 ? LengthForm::bits16 : LengthForm::bits64;
    header.payload_length = read_big_endian(bytes.subspan(2, length_size));
  }
  header.masking_key.reset();
  if (masked) std::memcpy(header.masking_key.emplace().data(), bytes.data() + size - 4, 4);
  return size;
}

std::optional<DecodedHeader> decode_header(ByteView bytes) {
  DecodedHeader decoded;
  decoded.size = decode_header(bytes, decoded.header);
  return decoded.size == 0 ? std::nullopt : std::optional(decoded);
}

FrameDecoder::Item* FrameDecoder::next(ByteView& bytes) {
  if (bytes.empty() || (!pending_ && !take_header(bytes))) return nullptr;
  const std::uint64_t missing = pending_->payload_length - received_;
  const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(missing, bytes.size()));
  if (taken > 0) take_payload(bytes.first(taken));
  received_ += taken;
  bytes = bytes.subspan(taken);
  if (taken < missing) return nullptr;
  position_ += received_;
  pending_.reset();
  return &item_;
}

void FrameDecoder::feed(ByteView bytes, std::vector<Item>& items) {
  while (Item* const item = next(bytes)) items.push_back(std::move(*item));
}

// Keeps of the next bytes of the payload under way as many as it is to.
void FrameDecoder::take_payload(ByteView piece) {
  const FrameHeader& header = *pending_;
  Bytes& payload = item_.frame.payload;
  const std::size_t kept_before = payload.size();
  const std::size_t taken = piece.size();
  const bool has_room = !item_.payload_cut && kept_before < max_kept_;
  const std::size_t kept = has_room ? std::min(taken, max_kept_ - kept_before) : 0;
  if (kept < taken) item_.payload_cut = true;
  if (kept == 0) return;
  if (kept_before == 0) {
    payload.assign(piece.data(), piece.data() + kept);
  } else {
    const auto whole = std::min<std::uint64_t>(header.payload_length, max_kept_);
    make_room(payload, kept, static_cast<std::size_t>(whole));
    append(payload, piece.first(kept));
  }
  if (header.masking_key)
    mask(std::span(payload).subspan(kept_before), *header.masking_key, kept_before);
}

// From the front of `bytes`; where it is not there as a whole, they are kept for it.
bool FrameDecoder::take_header(ByteView& bytes) {
  FrameHeader& header = item_.frame.header;
  const std::size_t before = head_size_;
  std::size_t size = before == 0 ? decode_header(bytes, header) : 0;
  if (size == 0) {
    const std::size_t more = std::min(bytes.size(), head_.size() - before);
    std::memcpy(&head_[before], bytes.data(), more);
    size = decode_header(ByteView(head_).first(before + more), header);
    head_size_ = size == 0 ? before + more : 0;
    if (size == 0) {
      bytes = {};
      return false;
    }
  }
  bytes = bytes.subspan(size - before);
  pending_ = header;
  received_ = 0;
  item_.frame.payload.clear();
  item_.payload_cut = false;
  item_.offset = position_;
  position_ += size;
  return true;
}

}  // namespace wsconform
