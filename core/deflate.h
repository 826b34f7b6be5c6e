// Messages deflated and inflated as permessage-deflate has them (RFC 7692 §7.2): raw DEFLATE
// without the four octets that a flush leaves behind, and a window that may reach over messages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <string_view>

#include "core/bytes.h"

struct z_stream_s;

namespace wsconform {

inline constexpr int least_window_bits = 8;
inline constexpr int most_window_bits = 15;

// One direction of a connection, as it was agreed (§7.1).
struct DeflateContext {
  int window_bits = most_window_bits;  // 8 to 15: the window is 2 to that power, in bytes
  bool takes_over = true;              // the window reaches back over earlier messages

  bool operator==(const DeflateContext&) const = default;
};

// How a message is deflated. Every form is legal: a receiver must take each (§7.2.1).
struct DeflateForm {
  enum class Codes { any, fixed, huffman_only };

  int level = 1;  // 0: stored blocks alone, 1: fastest, 9: smallest
  // fixed: no block brings codes of its own; huffman_only: nothing refers back.
  Codes codes = Codes::any;
  std::size_t block_size = 0;  // of the message, in each DEFLATE block; 0: as it comes
  // The last block has BFINAL set; the next message begins with an empty window.
  bool final = false;
  bool fresh = false;  // begins with an empty window, whatever was agreed

  bool operator==(const DeflateForm&) const = default;
};

class Deflater {
 public:
  // With 8 window bits, which zlib does not have for raw DEFLATE, data refer back by one byte
  // alone.
  explicit Deflater(DeflateContext context = {});
  ~Deflater();
  Deflater(Deflater&&) noexcept;
  Deflater& operator=(Deflater&&) noexcept;

  // Appends the payload of a compressed message to `out`. An empty message is one empty block, 0x00
  // (§7.2.3.6).
  void deflate(ByteView message, Bytes& out, const DeflateForm& form = {});
  // The same, of one message that is not empty, in pieces one behind the other.
  void deflate_piece(ByteView piece, bool last, Bytes& out);

  // Gives back all memory but that of the data that later messages may refer back to.
  void rest();
  // Bytes of memory held, about.
  std::size_t held() const;

 private:
  struct Delete {
    void operator()(z_stream_s* stream) const;
  };

  void create(const DeflateForm& form);
  void begin(const DeflateForm& form);
  void end_with_a_flush(ByteView input, Bytes& out);
  void run(ByteView input, int flush, Bytes& out);

  DeflateContext context_;
  std::unique_ptr<z_stream_s, Delete> stream_;  // there while messages come: it is large
  Bytes history_;                               // of the messages before, while it is not
  bool in_message_ = false;                     // between the pieces of one
};

// Takes compressed messages that come in pieces, cut anywhere, and gives them in pieces as large as
// the owner has room for, so that it bounds what it keeps. What is given for a stream does not
// depend on its cuts.
class Inflater {
 public:
  // Data that refer back further than the context reaches are malformed.
  explicit Inflater(DeflateContext context = {});
  ~Inflater();
  Inflater(Inflater&&) noexcept;
  Inflater& operator=(Inflater&&) noexcept;

  // The next bytes of the message, less than 4 GiB, once `next` gave everything of those before;
  // they live until it gave everything of them. Blocks follow a block with BFINAL like any
  // other (§7.2.3.4).
  void feed(ByteView compressed);
  // The message is complete: the octets that its sender dropped are put back.
  void feed_end();
  // What comes of that, in the beginning of `room`, which is not empty; nothing once all is given.
  // An error, in words, where the data are not DEFLATE or the message does not end with a block; it
  // stays.
  std::expected<ByteView, std::string_view> next(std::span<std::uint8_t> room);

  // Between messages: gives back all memory but that of the data that later ones may refer back to.
  void rest();
  // Bytes of memory held, about.
  std::size_t held() const;

 private:
  struct Stream;
  struct Delete {
    void operator()(Stream* stream) const;
  };

  void wake();
  std::size_t fill(std::span<std::uint8_t> room);
  bool ends_with_a_block() const;
  void end_message();

  DeflateContext context_;
  std::unique_ptr<Stream, Delete> stream_;  // there while messages come
  Bytes history_;                           // of the messages before, while it is not
  std::string_view broken_;
  bool may_give_ = false;  // there is input, or zlib holds output for which there was no room
  bool ending_ = false;    // feed_end came
  bool whole_ = true;  // no block is under way or has to follow: at the start, and behind BFINAL
};

}  // namespace wsconform
