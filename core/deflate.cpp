#include "core/deflate.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <memory_resource>
#include <new>
#include <utility>

namespace wsconform {
namespace {

constexpr std::array<std::uint8_t, 4> dropped_tail = {0x00, 0x00, 0xFF, 0xFF};
constexpr std::size_t buffer_size = 16 * 1024;
constexpr std::string_view inside_a_block = "the message ends inside a block";
constexpr uInt most_at_once = 1U << 30;

// zlib takes its input through a pointer to what it does not change.
void point_to(z_stream& stream, ByteView input) {
  stream.next_in =
      const_cast<Bytef*>(input.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  stream.avail_in = static_cast<uInt>(input.size());
}

int strategy_of(const DeflateForm& form, int window_bits) {
  switch (form.codes) {
    case DeflateForm::Codes::fixed:
      return window_bits == least_window_bits ? Z_HUFFMAN_ONLY : Z_FIXED;
    case DeflateForm::Codes::huffman_only:
      return Z_HUFFMAN_ONLY;
    case DeflateForm::Codes::any:
      break;
  }
  return window_bits == least_window_bits ? Z_RLE : Z_DEFAULT_STRATEGY;
}

std::size_t block_size_of(const DeflateForm& form, ByteView message) {
  return form.block_size == 0 ? std::max<std::size_t>(message.size(), 1) : form.block_size;
}

}  // namespace

// Deflating

void Deflater::Delete::operator()(z_stream_s* stream) const {
  deflateEnd(stream);
  delete stream;
}

Deflater::Deflater(DeflateContext context) : context_(context) {
  assert(context.window_bits >= least_window_bits && context.window_bits <= most_window_bits);
}
Deflater::~Deflater() = default;
Deflater::Deflater(Deflater&&) noexcept = default;
Deflater& Deflater::operator=(Deflater&&) noexcept = default;

void Deflater::create(const DeflateForm& form) {
  constexpr int memory_level = 8;
  const int window_bits = std::max(context_.window_bits, least_window_bits + 1);
  std::unique_ptr<z_stream_s, Delete> stream(new z_stream{});
  if (deflateInit2(stream.get(), form.level, Z_DEFLATED, -window_bits, memory_level,
                   strategy_of(form, context_.window_bits)) != Z_OK)
    throw std::bad_alloc();
  stream_ = std::move(stream);
  const Bytes history = std::exchange(history_, {});
  if (!history.empty() && !form.fresh)
    deflateSetDictionary(stream_.get(), history.data(), static_cast<uInt>(history.size()));
}

void Deflater::begin(const DeflateForm& form) {
  if (!stream_) return create(form);
  if (!context_.takes_over || form.fresh) deflateReset(stream_.get());
  Bytes nothing;  // where the form changes, zlib flushes first; all was flushed before
  std::array<std::uint8_t, 16> scrap{};
  stream_->next_out = scrap.data();
  stream_->avail_out = scrap.size();
  point_to(*stream_, nothing);
  deflateParams(stream_.get(), form.level, strategy_of(form, context_.window_bits));
}

void Deflater::run(ByteView input, int flush, Bytes& out) {
  do {
    const ByteView part = input.first(std::min<std::size_t>(input.size(), most_at_once));
    input = input.subspan(part.size());
    point_to(*stream_, part);
    std::array<std::uint8_t, buffer_size> buffer;
    do {
      stream_->next_out = buffer.data();
      stream_->avail_out = buffer.size();
      ::deflate(stream_.get(), input.empty() ? flush : Z_NO_FLUSH);
      append(out, ByteView(buffer).first(buffer.size() - stream_->avail_out));
    } while (stream_->avail_out == 0);
  } while (!input.empty());
}

void Deflater::deflate(ByteView message, Bytes& out, const DeflateForm& form) {
  assert(form.level >= 0 && form.level <= 9);
  if (message.empty() && !form.final) return out.push_back(0x00);
  begin(form);
  const std::size_t block = block_size_of(form, message);
  while (message.size() > block) {
    run(message.first(block), Z_BLOCK, out);
    message = message.subspan(block);
  }
  if (form.final) {
    run(message, Z_FINISH, out);
    // §7.2.1: no empty block ends it, so one is appended, and of that only the first octet is left.
    out.push_back(0x00);
    deflateReset(stream_.get());
    return;
  }
  end_with_a_flush(message, out);
}

void Deflater::deflate_piece(ByteView piece, bool last, Bytes& out) {
  if (!std::exchange(in_message_, !last)) begin({});
  if (last) return end_with_a_flush(piece, out);
  run(piece, Z_NO_FLUSH, out);
}

void Deflater::end_with_a_flush(ByteView input, Bytes& out) {
  run(input, Z_SYNC_FLUSH, out);
  assert(std::ranges::equal(ByteView(out).last(dropped_tail.size()), dropped_tail));
  out.resize(out.size() - dropped_tail.size());
}

void Deflater::rest() {
  if (!stream_ || in_message_) return;
  if (context_.takes_over) {
    uInt size = 0;
    deflateGetDictionary(stream_.get(), nullptr, &size);
    history_.resize(size);
    deflateGetDictionary(stream_.get(), history_.data(), &size);
  }
  stream_.reset();
}

std::size_t Deflater::held() const {
  constexpr std::size_t hashes = 128 * 1024;  // of memory level 8
  return history_.capacity() +
         (stream_ ? hashes + (std::size_t{4} << context_.window_bits) : std::size_t{0});
}

// Inflating

namespace {

constexpr std::size_t inflate_state = 8 * 1024;  // about

std::size_t window_size(int window_bits) {
  return std::size_t{1} << window_bits;
}

// zlib is C: no exception passes through it.
voidpf allocate(voidpf memory, uInt items, uInt size) {
  try {
    return static_cast<std::pmr::memory_resource*>(memory)->allocate(std::size_t{items} * size);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

void let_go_with_the_rest(voidpf, voidpf) {}

}  // namespace

// With zlib's memory in one block: its state, and the window that it asks for with the first
// output.
struct Inflater::Stream : z_stream {
  explicit Stream(int window_bits) : z_stream{}, memory(inflate_state + window_size(window_bits)) {
    zalloc = allocate;
    zfree = let_go_with_the_rest;
    opaque = &memory;
    if (inflateInit2(this, -window_bits) != Z_OK) throw std::bad_alloc();
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream() { inflateEnd(this); }

  std::pmr::monotonic_buffer_resource memory;
};

void Inflater::Delete::operator()(Stream* stream) const {
  delete stream;
}

Inflater::Inflater(DeflateContext context) : context_(context) {
  assert(context.window_bits >= least_window_bits && context.window_bits <= most_window_bits);
}
Inflater::~Inflater() = default;
Inflater::Inflater(Inflater&&) noexcept = default;
Inflater& Inflater::operator=(Inflater&&) noexcept = default;

void Inflater::wake() {
  if (stream_) return;
  stream_.reset(new Stream(context_.window_bits));
  const Bytes history = std::exchange(history_, {});
  if (!history.empty())
    inflateSetDictionary(stream_.get(), history.data(), static_cast<uInt>(history.size()));
}

void Inflater::rest() {
  if (!stream_ || !broken_.empty()) return;
  assert(whole_ && !ending_);
  uInt size = 0;
  inflateGetDictionary(stream_.get(), nullptr, &size);
  history_.resize(size);
  inflateGetDictionary(stream_.get(), history_.data(), &size);
  stream_.reset();
}

std::size_t Inflater::held() const {
  return history_.capacity() +
         (stream_ ? inflate_state + window_size(context_.window_bits) : std::size_t{0});
}

void Inflater::feed(ByteView compressed) {
  assert(compressed.size() <= UINT32_MAX);
  wake();
  assert(stream_->avail_in == 0 || !broken_.empty());
  point_to(*stream_, compressed);
  may_give_ = true;
}

void Inflater::feed_end() {
  wake();
  ending_ = true;
  // A message without any octet, or with none behind a final block, is complete all the same.
  if (whole_) return;
  point_to(*stream_, dropped_tail);
  may_give_ = true;
}

std::expected<ByteView, std::string_view> Inflater::next(std::span<std::uint8_t> room) {
  // zlib takes whatever is in the room it writes to for part of the window. A window smaller than
  // the format's own is kept to exactly by giving room for one byte at a time.
  const bool exactly = context_.window_bits != most_window_bits;
  std::size_t size = 0;
  while (may_give_ && broken_.empty() && size < room.size()) {
    const auto rest = room.subspan(size);
    size += fill(exactly ? rest.first(1) : rest);
    // Whatever is left of zlib's own output needs room.
    may_give_ = stream_->avail_in > 0 || stream_->avail_out == 0;
  }
  if (size > 0) return room.first(size);
  if (ending_ && broken_.empty()) end_message();
  if (!broken_.empty()) return std::unexpected(broken_);
  return ByteView();
}

std::size_t Inflater::fill(std::span<std::uint8_t> room) {
  z_stream& stream = *stream_;
  stream.next_out = room.data();
  stream.avail_out = static_cast<uInt>(room.size());
  const uInt before = stream.avail_in;
  const int result = ::inflate(&stream, Z_SYNC_FLUSH);
  if (stream.avail_in != before) whole_ = false;
  switch (result) {
    case Z_STREAM_END:
      inflateResetKeep(&stream);  // the window stays
      whole_ = true;
      break;
    case Z_DATA_ERROR:
      broken_ = stream.msg;
      break;
    case Z_MEM_ERROR:
      throw std::bad_alloc();
    default:
      break;
  }
  const std::size_t filled = room.size() - stream.avail_out;
  if (!ending_ || filled == 0) return filled;
  broken_ = inside_a_block;  // the octets put back are an empty block, which gives nothing
  return 0;
}

// The octets put back were a block of their own: zlib stands at the start of a block, with no bits
// left over.
bool Inflater::ends_with_a_block() const {
  constexpr int at_block = 0x80;
  return whole_ || (stream_->data_type & 0xFF) == at_block;
}

void Inflater::end_message() {
  if (!ends_with_a_block()) {
    broken_ = inside_a_block;
    return;
  }
  ending_ = false;
  whole_ = true;
  if (!context_.takes_over) inflateReset(stream_.get());
}

}  // namespace wsconform
