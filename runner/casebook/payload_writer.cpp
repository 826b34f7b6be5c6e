#include "runner/casebook/payload_writer.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/visible_text.h"
#include "runner/casebook/case_expansion.h"

namespace wsconform {
namespace {

constexpr std::size_t longest_unit = 4;   // bytes, of a run in a text
constexpr std::size_t shortest_run = 24;  // bytes; a shorter one is written out
constexpr std::size_t most_pieces = 7;    // of text and hex in turn; what has more is all hex

bool is_break(char c) {
  return c == '\r' || c == '\n' || c == '\t';
}

// What a case file can hold as a text, and whoever reads it sees.
bool is_readable(std::string_view text) {
  std::string shown(text);
  std::erase_if(shown, is_break);
  return visible(shown) == shown && stays_when_expanded(text);
}

Json hex(std::string_view text) {
  return {{"hex", to_hex(bytes_of(text))}};
}

Json literal(std::string_view text) {
  if (is_readable(text)) return std::string(text);
  return hex(text);
}

Json repeated(std::string_view unit, std::uint64_t times) {
  Json made;
  if (is_readable(unit)) {
    made["repeat"] = std::string(unit);
  } else {
    made["repeat-hex"] = to_hex(bytes_of(unit));
  }
  made["times"] = times;
  return made;
}

Json written_part(const PayloadPart& part) {
  if (part.kind == PayloadPart::Kind::random) return {{"random", part.times}};
  if (part.kind == PayloadPart::Kind::prose) return {{"prose", part.times}};
  const std::string_view unit = text_of(part.unit);
  return part.times == 1 ? literal(unit) : repeated(unit, part.times);
}

Json joined(std::vector<Json> pieces) {
  if (pieces.empty()) return "";
  if (pieces.size() == 1) return std::move(pieces.front());
  return {{"join", std::move(pieces)}};
}

// A unit that stands at the beginning of a text so often in a row.
struct Run {
  std::size_t unit = 1;  // bytes
  std::size_t times = 1;
  std::size_t size() const { return unit * times; }
};

// The longest run that begins the text; of equally long ones that with the shortest unit.
Run run_at_start(std::string_view text) {
  Run longest;
  for (std::size_t unit = 1; unit <= std::min(longest_unit, text.size()); ++unit) {
    Run run{unit, 1};
    while (text.substr(run.size(), unit) == text.substr(0, unit)) ++run.times;
    if (run.times > 1 && run.size() > longest.size()) longest = run;
  }
  return longest;
}

bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

bool is_plain(char c) {
  return (c >= ' ' && c <= '~') || is_break(c);
}

// A stretch between runs: one text, or texts and hex in turn.
void add_stretch(std::string_view text, std::vector<Json>& pieces) {
  if (text.empty()) return;
  if (is_readable(text)) {
    pieces.emplace_back(std::string(text));
    return;
  }
  std::vector<Json> found;
  for (std::string_view left = text; !left.empty();) {
    const bool plain = is_plain(left.front());
    const auto* end = std::ranges::find_if(left, [&](char c) { return is_plain(c) != plain; });
    const auto size = static_cast<std::size_t>(end - left.begin());
    found.push_back(plain ? literal(left.substr(0, size)) : hex(left.substr(0, size)));
    left.remove_prefix(size);
  }
  if (found.size() > most_pieces) found = {hex(text)};
  std::ranges::move(found, std::back_inserter(pieces));
}

}  // namespace

Json written(const Payload& payload) {
  std::vector<Json> parts;
  for (const PayloadPart& part : payload.parts()) parts.push_back(written_part(part));
  return joined(std::move(parts));
}

Json written_text(std::string_view text) {
  std::vector<Json> pieces;
  std::size_t begin = 0;  // of the stretch before the next run
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view left = text.substr(at);
    const Run run = begins_character(left.front()) ? run_at_start(left) : Run{};
    if (run.size() < shortest_run) {
      ++at;
      continue;
    }
    add_stretch(text.substr(begin, at - begin), pieces);
    pieces.push_back(repeated(left.substr(0, run.unit), run.times));
    at += run.size();
    begin = at;
  }
  add_stretch(text.substr(begin), pieces);
  return joined(std::move(pieces));
}

}  // namespace wsconform
