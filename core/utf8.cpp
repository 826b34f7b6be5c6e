#include "core/utf8.h"

#include <simdjson.h>

#include <array>
#include <cstring>

namespace wsconform {
namespace {

// The grammar of RFC 3629 §4 as states, each named after what must follow.
enum State : std::uint8_t {
  boundary,
  tail_1,  // one more tail byte
  tail_2,
  tail_3,
  after_e0,  // %xA0-BF, then one tail: nothing overlong
  after_ed,  // %x80-9F, then one tail: no surrogates
  after_f0,  // %x90-BF, then two tails: nothing overlong
  after_f4,  // %x80-8F, then two tails: nothing above U+10FFFF
  invalid,
  state_count,
};

constexpr State after_lead(int byte) {
  if (byte <= 0x7F) return boundary;
  if (byte < 0xC2) return invalid;
  if (byte <= 0xDF) return tail_1;
  if (byte == 0xE0) return after_e0;
  if (byte == 0xED) return after_ed;
  if (byte <= 0xEF) return tail_2;
  if (byte == 0xF0) return after_f0;
  if (byte <= 0xF3) return tail_3;
  return byte == 0xF4 ? after_f4 : invalid;
}

constexpr State step(State from, int byte) {
  const auto within = [byte](int low, int high, State then) {
    return byte >= low && byte <= high ? then : invalid;
  };
  switch (from) {
    case boundary:
      return after_lead(byte);
    case tail_1:
      return within(0x80, 0xBF, boundary);
    case tail_2:
      return within(0x80, 0xBF, tail_1);
    case tail_3:
      return within(0x80, 0xBF, tail_2);
    case after_e0:
      return within(0xA0, 0xBF, tail_1);
    case after_ed:
      return within(0x80, 0x9F, tail_1);
    case after_f0:
      return within(0x90, 0xBF, tail_2);
    case after_f4:
      return within(0x80, 0x8F, tail_2);
    default:
      return invalid;
  }
}

using Table = std::array<std::array<std::uint8_t, 256>, state_count>;

constexpr Table make_table() {
  Table table{};
  for (int from = 0; from < state_count; ++from)
    for (int byte = 0; byte < 256; ++byte)
      table[static_cast<std::size_t>(from)][static_cast<std::size_t>(byte)] =
          step(static_cast<State>(from), byte);
  return table;
}

constexpr Table transitions = make_table();

// Below this many bytes the table is quicker than the call of simdjson.
constexpr std::size_t worth_simdjson = 24;

std::uint8_t run(std::uint8_t state, ByteView bytes) {
  for (const std::uint8_t byte : bytes) {
    state = transitions[state][byte];
    if (state == invalid) break;
  }
  return state;
}

// Eight bytes at a time.
std::size_t ascii_prefix(ByteView bytes) {
  std::size_t done = 0;
  for (; bytes.size() - done >= 8; done += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + done, sizeof word);
    if ((word & 0x8080808080808080) != 0) break;
  }
  return done;
}

// Where the last character begins if it could be unfinished, else the end.
std::size_t last_boundary(ByteView bytes) {
  for (std::size_t back = 1; back <= 3 && back <= bytes.size(); ++back) {
    const std::size_t at = bytes.size() - back;
    if (!is_utf8_tail(static_cast<char>(bytes[at]))) return bytes[at] < 0x80 ? bytes.size() : at;
  }
  return bytes.size();
}

bool bulk_is_valid(ByteView bytes) {
  return simdjson::validate_utf8(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

}  // namespace

bool Utf8Validator::feed(ByteView piece) {
  while (state_ != boundary && state_ != invalid && !piece.empty()) {
    state_ = transitions[state_][piece.front()];
    piece = piece.subspan(1);
  }
  if (state_ == invalid) return false;
  if (piece.size() < worth_simdjson) {
    state_ = run(state_, piece.subspan(ascii_prefix(piece)));
  } else {
    const std::size_t bulk = last_boundary(piece);
    state_ = bulk_is_valid(piece.first(bulk)) ? run(boundary, piece.subspan(bulk))
                                              : std::uint8_t{invalid};
  }
  return state_ != invalid;
}

bool is_utf8(ByteView text) {
  Utf8Validator validator;
  return validator.feed(text) && validator.complete();
}

std::size_t valid_utf8_prefix(ByteView text) {
  std::uint8_t state = boundary;
  std::size_t size = 0;
  for (; size < text.size(); ++size) {
    state = transitions[state][text[size]];
    if (state == invalid) break;
  }
  return size;
}

std::string_view beginning_of(std::string_view text, std::size_t max) {
  if (text.size() <= max) return text;
  const ByteView cut = bytes_of(text.substr(0, max));
  const std::size_t last = last_boundary(cut);
  const std::uint8_t state = run(boundary, cut.subspan(last));
  const bool whole = state == boundary || state == invalid;
  return text.substr(0, whole ? max : last);
}

}  // namespace wsconform
