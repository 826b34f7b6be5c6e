#include "fuzz/joined_inflater.h"

#include <zlib.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <vector>

namespace wsconform {
namespace {

constexpr std::array<std::uint8_t, 4> dropped = {0x00, 0x00, 0xFF, 0xFF};
// Stored, of one byte, where its header begins a byte.
constexpr std::array<std::uint8_t, 6> small_block = {0x00, 0x01, 0x00, 0xFE, 0xFF, 'X'};

void point_to(z_stream& stream, ByteView input) {
  stream.next_in =
      const_cast<Bytef*>(input.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  stream.avail_in = static_cast<uInt>(input.size());
}

// zlib's memory: what one stream gave back serves the next. Under a sanitizer, asking the heap for
// it would be most of what a short message costs.
struct Block {
  alignas(std::max_align_t) std::array<std::uint8_t, 64 * 1024> bytes;  // a window and more
};
thread_local std::vector<std::unique_ptr<Block>> blocks_given_back;
thread_local std::size_t blocks = 0;  // in all

voidpf take_block(voidpf, uInt items, uInt size) {
  if (std::size_t{items} * size > sizeof(Block)) return nullptr;
  if (blocks_given_back.empty()) {
    ++blocks;
    return std::make_unique_for_overwrite<Block>().release();
  }
  Block* const block = blocks_given_back.back().release();
  blocks_given_back.pop_back();
  return block;
}
void give_block_back(voidpf, voidpf block) {
  blocks_given_back.emplace_back(static_cast<Block*>(block));
}

// Whether a block may begin where the stream stands, with no bits left over of what came
// before: a copy takes one.
bool may_begin_a_block(z_stream& stream) {
  z_stream copy{};
  if (inflateCopy(&copy, &stream) != Z_OK) throw std::bad_alloc();
  point_to(copy, small_block);
  std::array<std::uint8_t, 64> out{};
  copy.next_out = out.data();
  copy.avail_out = out.size();
  const bool goes_on = inflate(&copy, Z_SYNC_FLUSH) == Z_OK && copy.avail_in == 0;
  const bool came = copy.avail_out + 1 == out.size() && out.front() == 'X';
  inflateEnd(&copy);
  return goes_on && came;
}

}  // namespace

void JoinedInflater::Delete::operator()(z_stream_s* stream) const {
  inflateEnd(stream);
  delete stream;
}

JoinedInflater::JoinedInflater(bool takes_over, std::size_t max_message)
    : takes_over_(takes_over), max_message_(max_message) {
  std::unique_ptr<z_stream_s, Delete> stream(new z_stream{});
  stream->zalloc = take_block;
  stream->zfree = give_block_back;
  if (inflateInit2(stream.get(), -MAX_WBITS) != Z_OK) throw std::bad_alloc();
  stream_ = std::move(stream);
}
JoinedInflater::~JoinedInflater() = default;

std::size_t JoinedInflater::kept_memory() {
  return blocks * sizeof(Block);
}

void JoinedInflater::feed(ByteView compressed, Bytes& message) {
  if (compressed.empty() || broken_) return;
  point_to(*stream_, compressed);
  std::array<std::uint8_t, 4096> out;
  do {
    idle_ = idle_ && stream_->avail_in == 0;
    stream_->next_out = out.data();
    stream_->avail_out = out.size();
    const int result = inflate(stream_.get(), Z_SYNC_FLUSH);
    append(message, ByteView(out).first(out.size() - stream_->avail_out));
    broken_ = result == Z_DATA_ERROR;
    if (result == Z_STREAM_END) {
      inflateResetKeep(stream_.get());
      idle_ = true;
    } else if (stream_->avail_out > 0 && stream_->avail_in == 0) {
      return;
    }
  } while (!broken_ && message.size() <= max_message_);
}

bool JoinedInflater::end(Bytes& message) {
  if (!idle_) {
    const std::size_t before = message.size();
    feed(dropped, message);
    // An empty block gives nothing: what does was read as codes of the message.
    if (message.size() != before || broken_ || !may_begin_a_block(*stream_)) {
      message.resize(before);
      return false;
    }
  }
  idle_ = true;
  if (!takes_over_) inflateReset(stream_.get());
  return !broken_;
}

}  // namespace wsconform
