#include "runner/conversation/wire_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/ascii.h"
#include "core/close_code.h"
#include "core/close_payload.h"
#include "core/phrase.h"
#include "core/utf8.h"
#include "reports/results/case_result.h"

namespace wsconform {
namespace {

std::string_view words_for(LengthForm form) {
  switch (form) {
    case LengthForm::bits7:
      return "7-bit length";
    case LengthForm::bits16:
      return "16-bit length";
    case LengthForm::bits64:
      return "64-bit length";
  }
  return "";
}

std::vector<std::string> payload_details(const FrameHeader& header, ByteView payload) {
  if (header.opcode == Opcode::close) return {words_for_close(payload)};
  if (payload.empty()) return {};
  const bool cut = payload.size() < header.payload_length;
  const bool readable = cut ? valid_utf8_prefix(payload) == payload.size() : is_utf8(payload);
  if (header.opcode == Opcode::binary || !readable) return {};
  return {quoted(payload)};
}

std::size_t memory_of(const WireEntry& entry) {
  std::size_t size = sizeof entry + entry.says.size() + entry.bytes.size();
  for (const std::string& each : entry.details) size += sizeof each + each.size();
  return size;
}

}  // namespace

std::string shown_line(std::string text, const Secrets& secrets) {
  secrets.hide(text);
  std::string line = quoted(bytes_of(text), 200);
  line.erase(line.rfind('"'), 1);
  line.erase(0, 1);
  constexpr std::string_view quote = "\\x22";  // escaped only between quotes
  for (std::size_t at = line.find(quote); at != line.npos; at = line.find(quote, at + 1))
    line.replace(at, quote.size(), "\"");
  return line;
}

std::string words_for(const FrameHeader& header) {
  std::string line = capitalised(name_of(header.opcode));
  if (!header.fin) line += ", not FIN";
  if (header.rsv1) line += ", RSV1";
  if (header.rsv2) line += ", RSV2";
  if (header.rsv3) line += ", RSV3";
  line += ", " + counted(header.payload_length, "byte");
  if (header.length_form != shortest_form(header.payload_length)) {
    line += fmt::format(" in a {}", words_for(header.length_form));
  }
  if (header.masking_key) line += ", masked 0x" + to_hex(*header.masking_key);
  return line;
}

std::string words_for_close(ByteView payload) {
  const ClosePayload close = decode_close_payload(payload);
  if (payload.size() == 1) return "Close with a payload of one byte";
  if (!close.code) return "Close without a code";
  std::string line = fmt::format("Close {}", *close.code);
  if (const auto name = name_of_close_code(*close.code); !name.empty()) {
    line += fmt::format(" ({})", name);
  }
  if (!close.reason.empty()) line += ", reason " + quoted(bytes_of(close.reason));
  return line;
}

void WireLog::event(Instant now, std::string says) {
  WireEntry entry;
  entry.says = std::move(says);
  add(now, std::move(entry), {});
}

void WireLog::pieces(Instant now, std::span<const Piece> all) {
  constexpr std::size_t most = 12;
  std::vector<std::string> told;
  for (const Piece& each : all.first(std::min(all.size(), most)))
    told.push_back(fmt::format("{} at {:.2f} ms", counted(each.size, "byte"),
                               in_milliseconds(each.gone - began_)));
  if (all.size() > most)
    told.push_back(fmt::format("{} more, the last at {:.2f} ms", all.size() - most,
                               in_milliseconds(now - began_)));
  event(now,
        fmt::format("Went out in {}: {}", counted(all.size(), "piece"), joined(told, " and ")));
}

void WireLog::head(Instant now, WireEntry::Direction direction, const HttpHead& head,
                   ByteView wire) {
  if (direction == WireEntry::Direction::received)
    for (const FieldLine& field : head.fields)
      if (equals_ignoring_case(field.name, "Set-Cookie")) secrets_.add_set_cookie(field.value);
  WireEntry entry;
  entry.direction = direction;
  entry.kind = WireEntry::Kind::head;
  entry.says = shown_line(head.start_line, secrets_);
  constexpr std::size_t most_lines = 40;
  for (const FieldLine& field : head.fields) {
    if (entry.details.size() == most_lines) {
      entry.details.push_back(fmt::format("... {} field lines in all", head.fields.size()));
      break;
    }
    entry.details.push_back(shown_line(field.raw, secrets_));
  }
  add(now, std::move(entry), wire);
}

void WireLog::body(Instant now, WireEntry::Direction direction, ByteView wire) {
  WireEntry entry;
  entry.direction = direction;
  entry.kind = WireEntry::Kind::body;
  entry.says = fmt::format("{} bytes of body", wire.size());
  add(now, std::move(entry), wire);
}

void WireLog::bytes(Instant now, WireEntry::Direction direction, ByteView wire) {
  WireEntry entry;
  entry.direction = direction;
  entry.kind = WireEntry::Kind::bytes;
  entry.says = fmt::format("{} bytes", wire.size());
  add(now, std::move(entry), wire);
}

void WireLog::frame(Instant now, WireEntry::Direction direction, const FrameHeader& header,
                    ByteView payload, ByteView wire, const Rule* broken, std::string_view meaning) {
  WireEntry entry;
  entry.direction = direction;
  entry.kind = WireEntry::Kind::frame;
  entry.says = words_for(header);
  if (meaning.empty()) {
    entry.details = payload_details(header, payload);
  } else {
    entry.details.emplace_back(meaning);
  }
  if (broken != nullptr) entry.violation = broken->name;
  add(now, std::move(entry), wire);
  WireEntry& kept = last_.empty() ? first_.back() : last_.back();
  if (header.payload_length < UINT64_MAX - max_header_size &&
      direction == WireEntry::Direction::received) {
    kept.size = size_of(header) + header.payload_length;
  }
}

void WireLog::add(Instant now, WireEntry entry, ByteView wire) {
  entry.at_ms = in_milliseconds(now - began_);
  entry.connection = connection_;
  entry.size = wire.size();
  const ByteView kept = wire.first(std::min(wire.size(), max_bytes + secrets_.longest()));
  entry.bytes.assign(kept.begin(), kept.end());
  secrets_.hide(entry.bytes);
  entry.bytes.resize(std::min(wire.size(), max_bytes));
  const std::size_t size = memory_of(entry);
  if (last_.empty() && first_.size() < max_first && first_size_ + size <= room_for_first) {
    first_.push_back(std::move(entry));
    first_size_ += size;
    return;
  }
  last_.push_back(std::move(entry));
  last_size_ += size;
  while (last_.size() > 1 && (last_.size() > max_last || last_size_ > room_for_last)) {
    last_size_ -= memory_of(last_.front());
    last_.pop_front();
    ++left_out_;
  }
}

void WireLog::move_into(CaseResult& result) {
  result.wire.reserve(first_.size() + last_.size());  // and no more: thousands are kept
  std::ranges::move(first_, std::back_inserter(result.wire));
  std::ranges::move(last_, std::back_inserter(result.wire));
  first_.clear();
  last_.clear();
  result.wire_left_out = left_out_;
  if (secrets_.empty()) return;
  for (WireEntry& each : result.wire) {
    secrets_.hide(each.says);
    for (std::string& line : each.details) secrets_.hide(line);
  }
  for (std::string* each : {&result.reason, &result.expected, &result.received})
    secrets_.hide(*each);
  for (std::string& each : result.notes) secrets_.hide(each);
}

}  // namespace wsconform
