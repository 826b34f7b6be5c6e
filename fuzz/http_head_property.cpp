#include "fuzz/http_head_property.h"

#include <algorithm>
#include <map>

#include "core/ascii.h"
#include "core/comma_list.h"
#include "fuzz/cutting.h"

namespace wsconform {
namespace {

bool same_line(const FieldLine& a, const FieldLine& b) {
  return a.name == b.name && a.value == b.value && a.raw == b.raw;
}

// By name, those of one name in their order: Beast keeps them together.
using Fields = std::multimap<std::string, std::pair<std::string, std::string>>;

Fields by_name(const std::vector<FieldLine>& lines) {
  Fields fields;
  for (const FieldLine& line : lines) {
    fields.emplace(in_lower_case(line.name), std::pair(line.name, line.value));
  }
  return fields;
}
Fields by_name(const BeastMessage& message) {
  Fields fields;
  for (const auto& field : message.fields) fields.emplace(in_lower_case(field.first), field);
  return fields;
}

// Start lines that both grammars have: Beast reads HTTP/1.0 and 1.1 alone.
bool has_plain_start(const HttpHead& head, HeadOf kind) {
  const auto request = parse_request_line(head.start_line);
  const auto response = parse_status_line(head.start_line);
  const std::string_view version = kind == HeadOf::request ? request ? request->version : ""
                                   : response              ? response->version
                                                           : "";
  return version == "HTTP/1.0" || version == "HTTP/1.1";
}

// RFC 3986 has no such bytes in a URI; our parser leaves the target to request_target.h.
bool has_foreign_target(const HttpHead& head) {
  const auto line = parse_request_line(head.start_line);
  return line && !std::ranges::all_of(line->target, is_printable);
}

// Fields that Beast reads as well as parses, and refuses by their values.
bool has_framing_field(const HttpHead& head) {
  for (const std::string_view name :
       {"Content-Length", "Transfer-Encoding", "Connection", "Proxy-Connection", "Upgrade"}) {
    if (head.count(name) > 0) return true;
  }
  return false;
}

// Beast takes three things that RFC 9112 lets a recipient take and that we tell of: a folded line,
// an empty line before the start line, control bytes in the reason of a response.
bool is_taken_by_beast(HeadAnomaly anomaly) {
  return anomaly == HeadAnomaly::obs_fold || anomaly == HeadAnomaly::leading_empty_line;
}

// Codings alone (RFC 9112 §6.1). Where one has parameters or is none, Beast looks no further, and
// we find the last in the list all the same. Where the last is not chunked, it goes by a
// Content-Length, which any Transfer-Encoding overrides (§6.3).
bool has_plain_codings(const HttpHead& head) {
  const auto codings = head.combined("Transfer-Encoding");
  if (!codings) return true;
  std::string_view last;
  for (const std::string_view coding : list_elements(*codings)) {
    if (!is_token(coding)) return false;
    last = coding;
  }
  return equals_ignoring_case(last, "chunked") || head.count("Content-Length") == 0;
}

}  // namespace

std::optional<std::size_t> size_of_head(std::string_view text) {
  std::size_t begin = 0;
  for (std::size_t number = 0;; ++number) {
    const auto end = text.find('\n', begin);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    // A line that is empty and stands first is not the end.
    if (number > 0 && (line.empty() || line == "\r")) return begin;
  }
}

Breach breach_of_head_reader(std::string_view stream, std::size_t max_head,
                             std::uint8_t cut_choice) {
  const std::size_t end = size_of_head(stream).value_or(stream.size());
  const std::size_t expected = std::min(end, max_head);
  HeadReader reader(max_head);
  std::size_t taken = 0;
  for (const ByteView piece : cut(bytes_of(stream), cut_choice)) taken += reader.feed(piece);
  if (taken != expected || reader.text() != stream.substr(0, expected)) {
    return "the reader took " + std::to_string(taken) + " bytes for a head of " +
           std::to_string(expected);
  }
  if (reader.too_large() != (end > max_head)) return "the reader errs about max_head";
  if (reader.complete() != (size_of_head(stream) && end <= max_head)) {
    return "the reader errs about the end of the head";
  }
  return std::nullopt;
}

Breach breach_of_round_trip(std::string_view text) {
  const HttpHead head = parse_head(text);
  const std::string written = write_head(head);
  const HttpHead again = parse_head(written);
  if (again.start_line != head.start_line ||
      !std::ranges::equal(again.fields, head.fields, same_line)) {
    return "a head is not the same once written and parsed again";
  }
  if (head.anomalies.empty() && (written != text || !again.anomalies.empty())) {
    return "a clean head is not written as it came";
  }
  return std::nullopt;
}

Breach breach_against_beast(std::string_view text, HeadOf kind, const HttpHead& head) {
  const auto beasts = kind == HeadOf::request ? beast_request(text) : beast_response(text, true);
  if (!beasts) {
    const bool clean = head.anomalies.empty() && has_plain_start(head, kind) &&
                       !has_foreign_target(head) && !has_framing_field(head);
    return clean ? Breach("Beast takes a clean head for none") : std::nullopt;
  }
  for (const AnomalyAt& at : head.anomalies) {
    if (!is_taken_by_beast(at.anomaly)) {
      return "Beast takes a head with " + std::string(name_of(at.anomaly));
    }
  }
  if (!has_plain_start(head, kind)) return "Beast reads a start line that we do not";
  // Beast puts the usual reason phrase in the place of none.
  const auto status = parse_status_line(head.start_line);
  const bool alike = status && status->reason.empty()
                         ? beasts->start_line.starts_with(head.start_line)
                         : beasts->start_line == head.start_line;
  if (!alike) return "Beast reads another start line";
  if (head.anomalies.empty() && by_name(head.fields) != by_name(*beasts)) {
    return "Beast reads other fields";
  }
  return std::nullopt;
}

Breach breach_of_body(std::string_view text, bool to_head, std::uint8_t cut_choice) {
  const std::size_t head_size = size_of_head(text).value_or(text.size());
  const HttpHead head = parse_head(text.substr(0, head_size));
  const HttpBodyReader begun(head, SIZE_MAX, to_head ? "HEAD" : "GET");
  const ByteView body = bytes_of(text.substr(head_size));
  HttpBodyReader whole = begun;
  const std::size_t taken = head_size + whole.feed(body);
  whole.feed_end();
  HttpBodyReader reader = begun;
  std::size_t taken_in_pieces = head_size;
  for (const ByteView piece : cut(body, cut_choice)) taken_in_pieces += reader.feed(piece);
  reader.feed_end();
  if (taken_in_pieces != taken || reader.complete() != whole.complete() ||
      reader.body() != whole.body()) {
    return "in pieces the body is another";
  }
  if (whole.complete() == whole.malformed()) return "a body that ended is neither whole nor broken";
  const auto beasts = beast_response(text, to_head);
  if (!beasts || !beasts->complete || !has_plain_codings(head)) return std::nullopt;
  return breach_of_ended_body(reader, taken, *beasts);
}

Breach breach_of_ended_body(const HttpBodyReader& reader, std::size_t size,
                            const BeastMessage& beasts) {
  if (!reader.complete()) return "Beast reads a body to its end, and we do not";
  if (reader.body() != beasts.body || reader.size() != reader.body().size()) {
    return "Beast reads another body";
  }
  if (size != beasts.size) return "Beast ends the body elsewhere";
  return std::nullopt;
}

Breach breach_of_http_head(ByteView input) {
  const std::uint8_t choices = take_choice(input);
  const std::uint8_t cut_choice = take_choice(input);
  const std::string_view stream = text_of(input);
  const std::size_t max_head = (choices & head_short) != 0 ? 100 : 16 * 1024;
  if (auto breach = breach_of_head_reader(stream, max_head, cut_choice)) return breach;
  const auto end = size_of_head(stream);
  if (!end) return std::nullopt;
  const std::string_view text = stream.substr(0, *end);
  if (auto breach = breach_of_round_trip(text)) return breach;
  const bool response = (choices & head_of_response) != 0;
  const HttpHead head = parse_head(text);
  if (auto breach =
          breach_against_beast(text, response ? HeadOf::response : HeadOf::request, head)) {
    return breach;
  }
  if (!response || !head.anomalies.empty()) return std::nullopt;
  return breach_of_body(stream, (choices & head_to_head) != 0, cut_choice);
}

}  // namespace wsconform
