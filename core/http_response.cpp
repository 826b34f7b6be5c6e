#include "core/http_response.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>

#include "core/ascii.h"
#include "core/comma_list.h"

namespace wsconform {
namespace {

constexpr std::size_t max_line = 8 * 1024;

std::optional<std::uint64_t> parse_number(std::string_view digits, int base) {
  std::uint64_t number = 0;
  const char* const begin = std::to_address(digits.begin());
  const char* const end = begin + digits.size();
  const auto [stop, error] = std::from_chars(begin, end, number, base);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

// All elements of all lines are the same number (RFC 9110 §8.6).
std::optional<std::uint64_t> content_length(std::string_view list) {
  std::optional<std::uint64_t> length;
  for (const std::string_view element : list_elements(list)) {
    const auto number = parse_number(element, 10);
    if (!number || (length && length != number)) return std::nullopt;
    length = number;
  }
  return length;
}

bool has_no_body(const HttpHead& head, std::string_view method) {
  const auto status = parse_status_line(head.start_line);
  if (!status) return false;
  return method == "HEAD" || status->code / 100 == 1 || status->code == 204 || status->code == 304;
}

bool chunked_is_last(std::string_view codings) {
  std::string_view last;
  for (const std::string_view coding : list_elements(codings)) last = coding;
  return equals_ignoring_case(last, "chunked");
}

}  // namespace

HttpBodyReader::HttpBodyReader(const HttpHead& head, std::size_t max_kept, std::string_view method)
    : max_kept_(max_kept) {
  part_ = first_part(head, method);
}

HttpBodyReader::Part HttpBodyReader::first_part(const HttpHead& head, std::string_view method) {
  // RFC 9112 §6.3 1.
  if (has_no_body(head, method)) return Part::done;
  // 3. and 4.
  if (const auto codings = head.combined("Transfer-Encoding")) {
    return chunked_is_last(*codings) ? Part::chunk_size : Part::until_end;
  }
  // 5. and 6.
  if (const auto lengths = head.combined("Content-Length")) {
    const auto length = content_length(*lengths);
    if (!length) return Part::malformed;
    left_ = *length;
    return left_ == 0 ? Part::done : Part::length;
  }
  // 8.
  return Part::until_end;
}

std::size_t HttpBodyReader::feed(ByteView bytes) {
  const std::string_view text = text_of(bytes);
  std::size_t taken = 0;
  while (taken < text.size() && !complete() && !malformed()) {
    const std::string_view rest = text.substr(taken);
    const bool data =
        part_ == Part::length || part_ == Part::chunk_data || part_ == Part::until_end;
    taken += data ? take_data(rest) : take_line(rest);
  }
  return taken;
}

void HttpBodyReader::feed_end() {
  if (complete()) return;
  part_ = part_ == Part::until_end ? Part::done : Part::malformed;
}

std::size_t HttpBodyReader::take_data(std::string_view bytes) {
  if (part_ != Part::until_end)
    bytes = bytes.substr(0, std::min<std::uint64_t>(bytes.size(), left_));
  body_.append(bytes.substr(0, max_kept_ - body_.size()));
  size_ += bytes.size();
  if (part_ == Part::until_end) return bytes.size();
  left_ -= bytes.size();
  if (left_ == 0) part_ = part_ == Part::length ? Part::done : Part::chunk_end;
  return bytes.size();
}

std::size_t HttpBodyReader::take_line(std::string_view bytes) {
  const auto line_feed = bytes.find('\n');
  const std::size_t wanted = line_feed == std::string_view::npos ? bytes.size() : line_feed + 1;
  const std::size_t taken = std::min(wanted, max_line - line_.size());
  line_.append(bytes.substr(0, taken));
  if (line_.ends_with('\n')) {
    finish_line();
    line_.clear();
  } else if (line_.size() == max_line) {
    part_ = Part::malformed;
  }
  return taken;
}

void HttpBodyReader::finish_line() {
  const bool empty = line_ == "\r\n";
  if (!line_.ends_with("\r\n")) {
    part_ = Part::malformed;
  } else if (part_ == Part::chunk_size) {
    part_ = after_chunk_size();
  } else if (part_ == Part::chunk_end) {
    part_ = empty ? Part::chunk_size : Part::malformed;
  } else if (empty) {  // the end of the trailer section (§7.1.2)
    part_ = Part::done;
  }
}

// §7.1: hex digits, then extensions (§7.1.1), which are not looked at. The last chunk is of size 0.
HttpBodyReader::Part HttpBodyReader::after_chunk_size() {
  std::string_view line = line_;
  line.remove_suffix(2);
  const auto size = parse_number(trim(line.substr(0, line.find(';'))), 16);
  if (!size || line.front() == ' ' || line.front() == '\t') return Part::malformed;
  left_ = *size;
  return left_ == 0 ? Part::trailer : Part::chunk_data;
}

}  // namespace wsconform
