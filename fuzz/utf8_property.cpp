#include "fuzz/utf8_property.h"

#include <simdjson.h>

#include <algorithm>

#include "core/utf8.h"
#include "core/visible_text.h"
#include "fuzz/cutting.h"

namespace wsconform {
namespace {

// Whether up to three more bytes can make the beginning of a text valid.
bool can_be_finished(Bytes text) {
  if (is_text_by_simdjson(text)) return true;
  // A character's second byte is not free after E0, ED, F0 and F4 (RFC 3629 §4): one of these fits.
  for (const std::uint8_t tail : Bytes{0x80, 0x90, 0xA0}) {
    Bytes longer = text;
    longer.push_back(tail);
    for (int more = 0; more < 3; ++more, longer.push_back(0x80)) {
      if (is_text_by_simdjson(longer)) return true;
    }
  }
  return false;
}

bool is_one_visible_line(const std::string& text) {
  return std::ranges::none_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7F'; });
}

}  // namespace

bool is_text_by_simdjson(ByteView text) {
  return simdjson::validate_utf8(reinterpret_cast<const char*>(text.data()), text.size());
}

bool begins_text_by_simdjson(ByteView text) {
  constexpr std::size_t unfinished_at_most = 3;
  for (std::size_t cut = 0; cut <= std::min(text.size(), unfinished_at_most); ++cut) {
    const ByteView rest = text.last(cut);
    if (is_text_by_simdjson(text.first(text.size() - cut)))
      return can_be_finished(Bytes(rest.begin(), rest.end()));
  }
  return false;
}

std::size_t valid_prefix_by_simdjson(ByteView text) {
  if (is_text_by_simdjson(text)) return text.size();
  // Beginnings of beginnings that can be finished can be finished: halve.
  std::size_t fits = 0;
  std::size_t too_long = text.size() + 1;
  while (too_long - fits > 1) {
    const std::size_t half = fits + (too_long - fits) / 2;
    (begins_text_by_simdjson(text.first(half)) ? fits : too_long) = half;
  }
  return fits;
}

Breach breach_of_validator(ByteView text, std::uint8_t cut_choice) {
  const std::size_t valid = valid_prefix_by_simdjson(text);
  if (valid_utf8_prefix(text) != valid) {
    return "the valid beginning is told to be " + std::to_string(valid_utf8_prefix(text)) +
           " bytes, not " + std::to_string(valid);
  }
  if (is_utf8(text) != is_text_by_simdjson(text)) return "the two differ about the whole text";
  Utf8Validator validator;
  std::size_t fed = 0;
  for (const ByteView piece : cut(text, cut_choice)) {
    fed += piece.size();
    if (validator.feed(piece) != (fed <= valid)) return "in pieces it fails too early or too late";
  }
  if (validator.complete() != is_text_by_simdjson(text)) return "in pieces it errs about the end";
  return std::nullopt;
}

Breach breach_of_made_fit(ByteView text, std::size_t max) {
  const std::string_view beginning = beginning_of(text_of(text), max);
  if (beginning.size() > max || !text_of(text).starts_with(beginning)) {
    return "the beginning is none";
  }
  if (beginning.size() + 4 <= std::min(max, text.size())) return "the beginning is cut too short";
  if (is_text_by_simdjson(text) && !is_text_by_simdjson(bytes_of(beginning))) {
    return "the beginning of a valid text is not valid";
  }
  const std::string made_valid = valid_utf8(text_of(text));
  if (!is_text_by_simdjson(bytes_of(made_valid))) return "valid_utf8 gives something that is not";
  if (is_text_by_simdjson(text) && made_valid != text_of(text))
    return "valid_utf8 changes a valid text";
  const std::string seen = visible(text_of(text));
  if (!is_text_by_simdjson(bytes_of(seen)) || !is_one_visible_line(seen)) {
    return "visible gives more than one visible line";
  }
  return std::nullopt;
}

Breach breach_of_utf8(ByteView input) {
  const std::uint8_t choice = take_choice(input);
  if (auto breach = breach_of_validator(input, choice)) return breach;
  return breach_of_made_fit(input, choice);
}

}  // namespace wsconform
