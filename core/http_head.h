// The head of an HTTP/1.1 message as a judge must see it (RFC 9112): the exact start line, every
// field line in order with its raw spelling, and what is wrong with the way it is written. Nothing
// is refused here.
#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"

namespace wsconform {

enum class HeadAnomaly {
  bare_lf,             // a line ends in LF without CR (RFC 9112 §2.2)
  bare_cr,             // CR not followed by LF
  obs_fold,            // a line begins with white space: obsolete folding (§5.2)
  space_before_colon,  // (§5.1)
  no_colon,
  empty_name,
  name_not_token,      // (RFC 9110 §5.1)
  control_byte,        // NUL or another control byte in a value or the start line (RFC 9110 §5.5)
  leading_empty_line,  // one empty line before the start line; a server ignores it (§2.2)
};
std::string_view name_of(HeadAnomaly anomaly);

struct FieldLine {
  std::string name{};   // as spelled, without white space before the colon; "" where there is none
  std::string value{};  // without the white space around it
  std::string raw{};    // the whole line without its line end; folded lines joined by CRLF
};

struct AnomalyAt {
  HeadAnomaly anomaly = HeadAnomaly::bare_lf;
  std::size_t line = 0;  // as written; 0 is the start line
};

struct HttpHead {
  std::string start_line{};
  std::vector<FieldLine> fields{};
  std::vector<AnomalyAt> anomalies{};

  // Appends a well-formed line.
  void add(std::string_view name, std::string_view value);

  // Field names compare without regard to case (RFC 9110 §5.1).
  std::size_t count(std::string_view name) const;
  // The first line's value.
  std::optional<std::string_view> value(std::string_view name) const;
  // All values of the name joined with ", " (RFC 9110 §5.3); nullopt where no line has it.
  std::optional<std::string> combined(std::string_view name) const;
  // Whether the comma-separated list holds the token, without regard to case.
  bool list_has(std::string_view name, std::string_view token) const;
};

struct RequestLine {
  std::string_view method{};
  std::string_view target{};
  std::string_view version{};  // "HTTP/1.1"
};
struct StatusLine {
  std::string_view version{};
  int code = 0;  // three digits
  std::string_view reason{};
};
struct HttpVersion {
  int major = 0, minor = 0;

  auto operator<=>(const HttpVersion&) const = default;
};
// "HTTP/", a digit, a dot, a digit (RFC 9112 §2.3).
std::optional<HttpVersion> parse_http_version(std::string_view text);
// The grammar of RFC 9112 §3 and §4 with its single spaces; views the line. A target is any text
// without a space: see request_target.h.
std::optional<RequestLine> parse_request_line(std::string_view line);
std::optional<StatusLine> parse_status_line(std::string_view line);
// The three digits behind a version and a space, however the line goes on; 0 where there are none.
int status_code_in(std::string_view line);
// The usual reason phrase of a status that refuses, or sends elsewhere (RFC 9110 §15,
// RFC 6585); "" of others.
std::string_view reason_phrase(int status);

// Total: `text` is a head without or with its closing empty line; nothing after that line is read.
// A folded line is added to the value before it with one space.
HttpHead parse_head(std::string_view text);
// The start line and every field's raw line, each ended by CRLF, then the empty line.
std::string write_head(const HttpHead& head);

bool is_token_character(char c);       // RFC 9110 §5.6.2
bool is_token(std::string_view text);  // at least one character

// Finds the end of a head in a stream: the first empty line (CRLF or bare LF) after a line that is
// not empty, or the second empty line.
class HeadReader {
 public:
  explicit HeadReader(std::size_t max_size) : max_size_(max_size) {}

  // Takes the bytes that belong to the head and says how many those were; the rest
  // follows the head.
  std::size_t feed(ByteView bytes);
  bool complete() const { return complete_; }
  // More than max_size bytes came without an end: nothing more is taken.
  bool too_large() const { return too_large_; }
  // The bytes so far; with its closing empty line once complete.
  const std::string& text() const { return text_; }

 private:
  bool at_end() const;

  std::size_t max_size_ = 0;
  std::string text_{};
  bool complete_ = false;
  bool too_large_ = false;
};

}  // namespace wsconform
