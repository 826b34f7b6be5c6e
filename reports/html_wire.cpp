#include "reports/html_wire.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>

#include "core/base64.h"
#include "core/bytes.h"
#include "core/visible_text.h"
#include "reports/results/case_result.h"

namespace wsconform {
namespace {

constexpr std::size_t first_entries = 60;
constexpr std::size_t last_entries = 40;
constexpr std::size_t most_bytes = 192;
constexpr std::size_t most_bytes_of_a_pass = 96;

std::string_view glyph_of(WireEntry::Direction direction) {
  switch (direction) {
    case WireEntry::Direction::sent:
      return "→";
    case WireEntry::Direction::received:
      return "←";
    case WireEntry::Direction::event:
      return "·";
  }
  return "·";
}

class WireWriter {
 public:
  WireWriter(bool several_connections, std::size_t most_shown)
      : several_connections_(several_connections), most_shown_(most_shown) {}

  void add(const WireEntry& entry) {
    const std::string connection =
        several_connections_ ? fmt::format("#{} ", entry.connection + 1) : "";
    fmt::format_to(lines(), "{} {}{:.2f} ms  {}\n", glyph_of(entry.direction), connection,
                   entry.at_ms, visible(entry.says));
    if (!entry.violation.empty()) add_about('!', "breaks " + visible(entry.violation));
    for (const std::string& detail : entry.details) add_about('|', visible(detail));
    const std::size_t shown = std::min(entry.bytes.size(), most_shown_);
    if (shown < entry.size) add_about('~', cut_in_words(shown, entry.size));
    add_bytes(std::span(entry.bytes).first(shown), entry.kind == WireEntry::Kind::frame);
  }

  void add_gap(std::size_t left_out) {
    fmt::format_to(lines(), "… {} entries left out here; the results file has them\n", left_out);
    add_bytes({}, false);
  }

  WireText take() { return std::move(text_); }

 private:
  std::back_insert_iterator<std::string> lines() { return std::back_inserter(text_.lines); }

  static std::string cut_in_words(std::size_t shown, std::uint64_t size) {
    return shown == 0 ? fmt::format("{} bytes, not kept", size)
                      : fmt::format("first {} of {} bytes", shown, size);
  }

  void add_about(char mark, std::string_view text) {
    fmt::format_to(lines(), "    {} {}\n", mark, text);
  }

  void add_bytes(std::span<const std::uint8_t> bytes, bool frame) {
    if (!text_.bytes.empty()) text_.bytes += ' ';
    if (bytes.empty()) {
      text_.bytes += '-';
      return;
    }
    if (frame) text_.bytes += '.';
    text_.bytes += base64_encode(text_of(bytes));
  }

  bool several_connections_ = false;
  std::size_t most_shown_ = most_bytes;
  WireText text_;
};

}  // namespace

WireText wire_text(const CaseResult& result) {
  const bool several = std::ranges::any_of(
      result.wire, [](const WireEntry& entry) { return entry.connection != 0; });
  WireWriter writer(several, result.verdict == Verdict::pass ? most_bytes_of_a_pass : most_bytes);
  const std::size_t count = result.wire.size();
  const bool whole = count <= first_entries + last_entries;
  for (std::size_t i = 0; i < count; ++i) {
    if (!whole && i == first_entries) {
      i = count - last_entries;
      writer.add_gap(i - first_entries);
    }
    writer.add(result.wire[i]);
  }
  return writer.take();
}

}  // namespace wsconform
