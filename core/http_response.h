// Where the body of an HTTP response ends (RFC 9112 §6.3, §7.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/bytes.h"
#include "core/http_head.h"

namespace wsconform {

// Follows a complete response head through the stream, cut anywhere. Memory is bounded by
// `max_kept` and by the longest line of the chunked coding, whatever the response declares.
class HttpBodyReader {
 public:
  // `method` is that of the request: a response to HEAD has no body, nor has one with status 1xx,
  // 204 or 304. Transfer-Encoding overrides Content-Length. A head without a status line has a body
  // until the end of the stream.
  explicit HttpBodyReader(const HttpHead& head, std::size_t max_kept = 64 * 1024,
                          std::string_view method = "GET");

  // Takes the bytes that belong to the body and says how many those were; the rest follows the
  // response. Nothing is taken once complete or malformed.
  std::size_t feed(ByteView bytes);
  // The stream ended: completes a body that ends with it, makes any other that is not
  // complete malformed.
  void feed_end();

  bool complete() const { return part_ == Part::done; }
  // The end cannot be found: Content-Length is no number or says two, the chunked coding is broken,
  // or the stream ended too early.
  bool malformed() const { return part_ == Part::malformed; }
  // The first max_kept bytes, without the chunked coding.
  const std::string& body() const { return body_; }
  // Bytes of the body so far, those not kept too.
  std::uint64_t size() const { return size_; }

 private:
  enum class Part {
    length,
    until_end,
    chunk_size,
    chunk_data,
    chunk_end,
    trailer,
    done,
    malformed
  };

  Part first_part(const HttpHead& head, std::string_view method);
  std::size_t take_data(std::string_view bytes);
  std::size_t take_line(std::string_view bytes);
  void finish_line();
  Part after_chunk_size();

  Part part_ = Part::done;
  std::size_t max_kept_ = 0;
  std::uint64_t left_ = 0;  // bytes of the body or of the chunk to come
  std::string line_{};      // of the chunked coding, so far
  std::string body_{};
  std::uint64_t size_ = 0;
};

}  // namespace wsconform
