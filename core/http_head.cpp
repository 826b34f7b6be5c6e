#include "core/http_head.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/ascii.h"
#include "core/comma_list.h"

namespace wsconform {
namespace {

constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
constexpr bool is_control_byte(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\r') || c == '\x7F';
}

constexpr std::array<bool, 256> token_characters = [] {
  std::array<bool, 256> table{};
  for (unsigned c = 0; c < 0x80; ++c) table[c] = is_letter_or_digit(static_cast<char>(c));
  for (const char c : std::string_view("!#$%&'*+-.^_`|~"))
    table[static_cast<unsigned char>(c)] = true;
  return table;
}();

// Cuts the text into lines and notes how they end.
class LineCutter {
 public:
  explicit LineCutter(std::string_view text) : rest_(text) {}

  std::optional<std::string_view> next() {
    bare_lf = false;
    if (rest_.empty()) return std::nullopt;
    const auto end = rest_.find('\n');
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    } else {
      bare_lf = end != std::string_view::npos;
    }
    return line;
  }

  bool bare_lf = false;  // of the line given last

 private:
  std::string_view rest_;
};

class HeadParser {
 public:
  HttpHead parse(std::string_view text) {
    LineCutter lines(text);
    auto line = lines.next();
    if (line && line->empty()) {
      note(HeadAnomaly::leading_empty_line);
      line = lines.next();
    }
    for (bool first = true; line && !(line->empty() && !first); line = lines.next(), ++number_) {
      if (lines.bare_lf) note(HeadAnomaly::bare_lf);
      if (line->contains('\r')) note(HeadAnomaly::bare_cr);
      if (std::exchange(first, false)) {
        take_start_line(*line);
      } else {
        take_field_line(*line);
      }
    }
    if (line && lines.bare_lf) note(HeadAnomaly::bare_lf);
    return std::move(head_);
  }

 private:
  void note(HeadAnomaly anomaly) { head_.anomalies.push_back({anomaly, number_}); }

  void take_start_line(std::string_view line) {
    if (std::ranges::any_of(line, is_control_byte)) note(HeadAnomaly::control_byte);
    head_.start_line = line;
  }

  void take_field_line(std::string_view line) {
    if (is_blank(line.front())) return take_folded_line(line);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) {
      note(HeadAnomaly::no_colon);
      head_.fields.push_back({"", "", std::string(line)});
      return;
    }
    std::string_view name = line.substr(0, colon);
    const std::string_view value = trim(line.substr(colon + 1));
    if (!name.empty() && is_blank(name.back())) note(HeadAnomaly::space_before_colon);
    name = trim(name);
    if (name.empty()) {
      note(HeadAnomaly::empty_name);
    } else if (!is_token(name)) {
      note(HeadAnomaly::name_not_token);
    }
    if (std::ranges::any_of(value, is_control_byte)) note(HeadAnomaly::control_byte);
    head_.fields.push_back({std::string(name), std::string(value), std::string(line)});
  }

  void take_folded_line(std::string_view line) {
    note(HeadAnomaly::obs_fold);
    const std::string_view more = trim(line);
    if (std::ranges::any_of(more, is_control_byte)) note(HeadAnomaly::control_byte);
    if (head_.fields.empty()) {
      head_.fields.push_back({"", std::string(more), std::string(line)});
      return;
    }
    FieldLine& field = head_.fields.back();
    if (!field.value.empty()) field.value += ' ';
    field.value += more;
    field.raw.append("\r\n").append(line);
  }

  HttpHead head_;
  std::size_t number_ = 0;
};

}  // namespace

std::string_view name_of(HeadAnomaly anomaly) {
  constexpr std::array<std::string_view, 9> names = {
      "bare-lf",    "bare-cr",        "obs-fold",     "space-before-colon", "no-colon",
      "empty-name", "name-not-token", "control-byte", "leading-empty-line"};
  return names.at(static_cast<std::size_t>(anomaly));
}

void HttpHead::add(std::string_view name, std::string_view value) {
  FieldLine line{std::string(name), std::string(value), std::string(name)};
  line.raw.append(": ").append(value);
  fields.push_back(std::move(line));
}

std::size_t HttpHead::count(std::string_view name) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      fields, [&](const FieldLine& line) { return equals_ignoring_case(line.name, name); }));
}

std::optional<std::string_view> HttpHead::value(std::string_view name) const {
  for (const FieldLine& line : fields) {
    if (equals_ignoring_case(line.name, name)) return line.value;
  }
  return std::nullopt;
}

std::optional<std::string> HttpHead::combined(std::string_view name) const {
  std::optional<std::string> all;
  for (const FieldLine& line : fields) {
    if (!equals_ignoring_case(line.name, name)) continue;
    if (all) all->append(", ").append(line.value);
    if (!all) all = line.value;
  }
  return all;
}

bool HttpHead::list_has(std::string_view name, std::string_view token) const {
  for (const FieldLine& line : fields) {
    if (!equals_ignoring_case(line.name, name)) continue;
    for (const std::string_view element : list_elements(line.value)) {
      if (equals_ignoring_case(element, token)) return true;
    }
  }
  return false;
}

std::optional<HttpVersion> parse_http_version(std::string_view text) {
  constexpr std::string_view protocol = "HTTP/";
  if (text.size() != 8 || !text.starts_with(protocol)) return std::nullopt;
  if (!is_digit(text[5]) || text[6] != '.' || !is_digit(text[7])) return std::nullopt;
  return HttpVersion{text[5] - '0', text[7] - '0'};
}

std::optional<RequestLine> parse_request_line(std::string_view line) {
  const auto first = line.find(' ');
  if (first == std::string_view::npos) return std::nullopt;
  const auto second = line.find(' ', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const RequestLine parts{line.substr(0, first), line.substr(first + 1, second - first - 1),
                          line.substr(second + 1)};
  if (!is_token(parts.method) || parts.target.empty()) return std::nullopt;
  if (!parse_http_version(parts.version)) return std::nullopt;
  return parts;
}

std::optional<StatusLine> parse_status_line(std::string_view line) {
  // "HTTP/1.1 101 " at least: the space before an absent reason stays.
  if (line.size() < 13 || line[8] != ' ' || line[12] != ' ') return std::nullopt;
  if (!parse_http_version(line.substr(0, 8))) return std::nullopt;
  const std::string_view code = line.substr(9, 3);
  const std::string_view reason = line.substr(13);
  if (!std::ranges::all_of(code, is_digit)) return std::nullopt;
  if (reason.contains('\r') || std::ranges::any_of(reason, is_control_byte)) return std::nullopt;
  const int number = (code[0] - '0') * 100 + (code[1] - '0') * 10 + (code[2] - '0');
  return StatusLine{line.substr(0, 8), number, reason};
}

int status_code_in(std::string_view line) {
  // All that a strict reader asks for, but the reason and the space before it.
  constexpr std::size_t size = std::string_view("HTTP/1.1 101").size();
  const bool ends = line.size() == size || (line.size() > size && line[size] == ' ');
  const auto strict = parse_status_line(std::string(line.substr(0, size)) + ' ');
  return ends && strict ? strict->code : 0;
}

std::string_view reason_phrase(int status) {
  struct Row {
    int status = 0;
    std::string_view phrase{};
  };
  static constexpr Row rows[] = {
      {301, "Moved Permanently"},   {302, "Found"},
      {303, "See Other"},           {307, "Temporary Redirect"},
      {308, "Permanent Redirect"},  {400, "Bad Request"},
      {401, "Unauthorized"},        {403, "Forbidden"},
      {404, "Not Found"},           {405, "Method Not Allowed"},
      {408, "Request Timeout"},     {411, "Length Required"},
      {413, "Content Too Large"},   {414, "URI Too Long"},
      {417, "Expectation Failed"},  {426, "Upgrade Required"},
      {429, "Too Many Requests"},   {431, "Request Header Fields Too Large"},
      {503, "Service Unavailable"}, {505, "HTTP Version Not Supported"},
  };
  const auto* const row = std::ranges::find(rows, status, &Row::status);
  return row == std::ranges::end(rows) ? "" : row->phrase;
}

HttpHead parse_head(std::string_view text) {
  return HeadParser().parse(text);
}

std::string write_head(const HttpHead& head) {
  std::string text = head.start_line + "\r\n";
  for (const FieldLine& line : head.fields) text.append(line.raw).append("\r\n");
  return text.append("\r\n");
}

bool is_token_character(char c) {
  return token_characters[static_cast<unsigned char>(c)];
}

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_token_character);
}

std::size_t HeadReader::feed(ByteView bytes) {
  const std::string_view text = text_of(bytes);
  std::size_t taken = 0;
  while (taken < text.size() && !complete_ && !too_large_) {
    const auto line_end = text.find('\n', taken);
    const std::size_t wanted =
        line_end == std::string_view::npos ? text.size() - taken : line_end + 1 - taken;
    const std::size_t step = std::min(wanted, max_size_ - text_.size());
    text_.append(text.substr(taken, step));
    taken += step;
    complete_ = at_end();
    too_large_ = step < wanted;
  }
  return taken;
}

bool HeadReader::at_end() const {
  std::string_view rest = text_;
  if (!rest.ends_with('\n')) return false;
  rest.remove_suffix(rest.ends_with("\r\n") ? 2 : 1);
  // An empty line that stands first is not the end of a head (RFC 9112 §2.2).
  return rest.ends_with('\n');
}

}  // namespace wsconform
