#include "fuzz/inflate_property.h"

#include <algorithm>
#include <array>
#include <optional>

#include "fuzz/cutting.h"
#include "fuzz/heap_in_use.h"
#include "fuzz/joined_inflater.h"

namespace wsconform {
namespace {

constexpr std::size_t enough = 256 * 1024;  // bytes of a message: what is larger is left there
constexpr std::size_t most_at_rest =
    96 * 1024;  // two windows, and what their memory is rounded up to
constexpr std::size_t most_held = 128 * 1024;  // zlib's state and its window

std::size_t heap_without_kept() {
  return heap_in_use() - std::min(heap_in_use(), JoinedInflater::kept_memory());
}

// Memory of its own for each piece, freed when the next comes.
Inflated inflate_pieces(Inflater& inflater, ByteView message, std::uint8_t cut_choice) {
  Inflated inflated;
  std::array<std::uint8_t, 16 * 1024> room;
  const auto take = [&] {
    while (!inflated.broken && inflated.message.size() <= enough) {
      const auto piece = inflater.next(room);
      inflated.broken = !piece;
      if (!piece || piece->empty()) return;
      append(inflated.message, *piece);
    }
  };
  for (const ByteView piece : cut(message, cut_choice)) {
    const Bytes alone(piece.begin(), piece.end());
    inflater.feed(alone);
    take();
    if (inflated.broken || inflated.message.size() > enough) return inflated;
  }
  inflater.feed_end();
  take();
  return inflated;
}

Inflated inflate_joined(JoinedInflater& inflater, ByteView message) {
  Inflated inflated;
  inflater.feed(message, inflated.message);
  if (!inflater.broken() && inflated.message.size() <= enough) {
    inflated.broken = !inflater.end(inflated.message);
  }
  inflated.broken = inflated.broken || inflater.broken();
  return inflated;
}

bool is_beginning_of(const Bytes& beginning, const Bytes& whole) {
  return beginning.size() <= whole.size() &&
         std::equal(beginning.begin(), beginning.end(), whole.begin());
}

}  // namespace

Breach breach_of_inflated(const Inflated& ours, const Inflated& zlibs,
                          const DeflateContext& context) {
  const std::string which = std::to_string(ours.message.size()) + " and " +
                            std::to_string(zlibs.message.size()) + " bytes";
  const bool window_matters = context.window_bits < most_window_bits;
  if (ours.broken && !zlibs.broken && window_matters) {
    return is_beginning_of(ours.message, zlibs.message)
               ? Breach()
               : "up to the fault the two differ: " + which;
  }
  if (ours.broken != zlibs.broken) {
    return (ours.broken ? "a message is broken for us alone: "
                        : "a message is broken for zlib alone: ") +
           which;
  }
  if (ours.message != zlibs.message) return "the two differ: " + which;
  return std::nullopt;
}

InflateInput read_inflate(ByteView input) {
  InflateInput read;
  const std::uint8_t choices = take_choice(input);
  read.context.window_bits = most_window_bits - (choices & inflate_window);
  read.context.takes_over = (choices & inflate_without_takeover) == 0;
  read.plain = (choices & inflate_plain) != 0;
  if ((choices & inflate_stored) != 0) read.form.level = 0;
  if ((choices & inflate_blocks) != 0) read.form.block_size = 5;
  read.form.final = (choices & inflate_final) != 0;
  read.cut_choice = take_choice(input);
  const std::uint8_t step = take_choice(input);
  read.form.codes = static_cast<DeflateForm::Codes>(step % 3);
  read.rests = step % 2 == 1;
  read.clings = step % 4 == 3;
  read.messages = cut(input, step);
  return read;
}

namespace {

Bytes deflated(Deflater& deflater, ByteView message, const DeflateForm& form) {
  Bytes compressed;
  deflater.deflate(message, compressed, form);
  return compressed;
}

Bytes deflated_in_pieces(Deflater& deflater, ByteView message, std::uint8_t cut_choice) {
  Bytes compressed;
  const std::vector<ByteView> pieces = cut(message, cut_choice);
  for (const ByteView& piece : pieces)
    deflater.deflate_piece(piece, &piece == &pieces.back(), compressed);
  return compressed;
}

}  // namespace

Breach breach_of_inflater(const std::vector<ByteView>& messages, DeflateContext context,
                          std::uint8_t cut_choice) {
  const std::size_t before = heap_without_kept();
  Inflater inflater(context);
  JoinedInflater joined(context.takes_over, enough);
  for (const ByteView message : messages) {
    const Inflated zlibs = inflate_joined(joined, message);
    const Inflated ours = inflate_pieces(inflater, message, cut_choice);
    const bool too_large = std::max(ours.message.size(), zlibs.message.size()) > enough;
    if (too_large) return std::nullopt;
    if (auto breach = breach_of_inflated(ours, zlibs, context)) return breach;
    if (ours.broken) return std::nullopt;
  }
  const std::size_t held = heap_without_kept() - std::min(before, heap_without_kept());
  if (held > most_held) return std::to_string(held) + " bytes of memory are held by the inflater";
  return std::nullopt;
}

Breach breach_of_deflater(const InflateInput& input) {
  Deflater deflater(input.context);
  Inflater inflater(input.context);
  JoinedInflater joined(input.context.takes_over, enough);
  bool in_pieces = false;
  for (const ByteView message : input.messages) {
    const Bytes compressed = in_pieces && !message.empty()
                                 ? deflated_in_pieces(deflater, message, input.cut_choice)
                                 : deflated(deflater, message, input.form);
    in_pieces = !in_pieces;
    const Inflated ours = inflate_pieces(inflater, compressed, input.cut_choice);
    const Inflated zlibs = inflate_joined(joined, compressed);
    if (zlibs.broken || !std::ranges::equal(zlibs.message, message)) {
      return "zlib does not give a deflated message back";
    }
    if (ours.broken || !std::ranges::equal(ours.message, message)) {
      return "the inflater does not give a deflated message back";
    }
    if (!input.rests) continue;
    deflater.rest();
    inflater.rest();
    if (deflater.held() + inflater.held() > most_at_rest) return "much memory is held at rest";
  }
  return std::nullopt;
}

Breach breach_of_inflate(ByteView input) {
  const InflateInput read = read_inflate(input);
  if (!read.plain) return breach_of_inflater(read.messages, read.context, read.cut_choice);
  if (!read.clings) return breach_of_deflater(read);
  Deflater deflater;
  std::vector<Bytes> clinging;
  for (const ByteView message : read.messages)
    clinging.push_back(deflated(deflater, message, read.form));
  return breach_of_inflater({clinging.begin(), clinging.end()}, read.context, read.cut_choice);
}

}  // namespace wsconform
