#include "runner/conversation/seen_message.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/phrase.h"
#include "runner/conversation/wire_log.h"

namespace wsconform {
namespace {

constexpr std::uint64_t most_inflated = 256 * 1024 * 1024;  // bytes: beyond, nothing can be awaited

}  // namespace

MessageGlimpse glimpse_of(const SawMessage& message) {
  return {message.opcode, message.size, MessageGlimpse::beginning_of(message.payload)};
}

void SeenMessage::inflate_with(DeflateContext context) {
  context_ = context;
  inflater_.emplace(context);
}

std::string SeenMessage::take(FrameDecoder::Item& item) {
  const FrameHeader& header = item.frame.header;
  if (header.opcode != Opcode::continuation) {
    message_ = {};
    message_.opcode = header.opcode;
    compressed_ = inflater_ && header.rsv1;
  }
  under_way_ = !header.fin;
  if (compressed_) return inflate(item);
  const std::uint64_t let_go = header.payload_length - item.frame.payload.size();
  add(std::move(item.frame.payload));
  message_.size += let_go;
  return {};
}

SawMessage SeenMessage::finish() {
  message_.compressed = std::exchange(compressed_, false);
  return std::exchange(message_, {});
}

std::optional<MalformedDeflate> SeenMessage::take_fault() {
  return std::exchange(fault_, std::nullopt);
}

void SeenMessage::add(ByteView bytes) {
  message_.size += bytes.size();
  const std::size_t room = max_kept_ - std::min(max_kept_, message_.payload.size());
  append(message_.payload, bytes.first(std::min(room, bytes.size())));
}

// One frame is most often the whole message, and needs no copy.
void SeenMessage::add(Bytes&& payload) {
  if (!message_.payload.empty() || payload.size() > max_kept_) return add(ByteView(payload));
  message_.size += payload.size();
  message_.payload = std::move(payload);
}

std::string SeenMessage::inflate(const FrameDecoder::Item& item) {
  const std::size_t kept = message_.payload.size();
  const std::uint64_t size = message_.size;
  if (item.payload_cut) {
    inflater_.reset();
    message_.size += item.frame.header.payload_length;
  }
  if (!inflater_) return "compressed, not inflated";
  inflater_->feed(item.frame.payload);
  inflate_fed();
  if (inflater_ && item.frame.header.fin) {
    inflater_->feed_end();
    inflate_fed();
  }
  const ByteView more = ByteView(message_.payload).subspan(kept);
  std::string line = fmt::format("inflates to {} bytes", message_.size - size);
  if (!more.empty()) line += ": " + quoted(more);
  return line;
}

void SeenMessage::inflate_fed() {
  std::array<std::uint8_t, 16 * 1024> room;
  for (;;) {
    const auto piece = inflater_->next(room);
    if (!piece) return give_up(std::string(piece.error()));
    if (piece->empty()) return;
    add(*piece);
    if (message_.size > most_inflated) return give_up("");
  }
}

void SeenMessage::give_up(std::string why) {
  fault_ = MalformedDeflate{context_, std::move(why), most_inflated};
  inflater_.reset();
}

}  // namespace wsconform
