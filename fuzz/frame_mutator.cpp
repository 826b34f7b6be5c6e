#include "fuzz/frame_mutator.h"

#include <algorithm>
#include <array>
#include <random>
#include <string_view>
#include <vector>

#include "core/deflate.h"
#include "core/frame_decoder.h"
#include "core/frame_encoder.h"
#include "fuzz/engine.h"
#include "fuzz/http_head_property.h"

namespace wsconform {
namespace {

constexpr MaskingKey usual_key = {0x37, 0xFA, 0x21, 0x3D};
constexpr auto bounds =
    std::to_array<std::size_t>({0, 1, 2, 63, 64, 65, 100, 101, 124, 125, 126, 127, 128, 300});
constexpr auto opcodes =
    std::to_array<Opcode>({Opcode::continuation, Opcode::text, Opcode::binary, Opcode::close,
                           Opcode::ping, Opcode::pong, Opcode::reserved_3, Opcode::reserved_b});
constexpr auto close_codes =
    std::to_array<unsigned>({0, 999, 1000, 1001, 1004, 1005, 1006, 1007, 1010, 1011, 1014, 1015,
                             1016, 2999, 3000, 4999, 5000});
constexpr auto texts =
    std::to_array<std::string_view>({"", "a", "Hello", "words in a row", "\xC3\xA9", "\xE2\x82\xAC",
                                     "\xF0\x9F\x98\x80", "\xED\xA0\x80", "\xF0\x9F"});

class FrameMutation {
 public:
  FrameMutation(std::vector<Frame> frames, unsigned seed, const MutateBytes& mutate_bytes)
      : frames_(std::move(frames)), random_(seed), mutate_bytes_(mutate_bytes) {
    if (!frames_.empty()) masked_ = frames_.front().header.masking_key.has_value();
  }

  std::vector<Frame> apply() {
    for (std::size_t times = 1 + below(3); times > 0; --times) change_once();
    return std::move(frames_);
  }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }
  template <typename Array>
  auto one_of(const Array& values) {
    return values[below(values.size())];
  }
  Frame& any() { return frames_[below(frames_.size())]; }
  auto place() { return frames_.begin() + static_cast<std::ptrdiff_t>(below(frames_.size() + 1)); }

  void change_once() {
    if (frames_.empty() || below(5) == 0) return insert();
    switch (below(9)) {
      case 0:
        return insert_copy();
      case 1:
        return drop();
      case 2:
        return std::swap(any(), any());
      case 3:
        return remask(any().header);
      case 4:
        return change_header(any().header);
      case 5:
        return resize(any());
      case 6:
        return split();
      case 7:
        return lie(any().header);
      default:
        return change_payload(any());
    }
  }

  void insert() { frames_.insert(place(), made()); }
  void insert_copy() {
    const Frame copy = any();
    frames_.insert(place(), copy);
  }
  void drop() {
    frames_.erase(frames_.begin() + static_cast<std::ptrdiff_t>(below(frames_.size())));
  }

  // A legal one, of the kind that its payload fits.
  Frame made() {
    const Opcode opcode = one_of(opcodes);
    Frame frame;
    frame.payload = opcode == Opcode::close ? close_payload() : to_bytes(one_of(texts));
    frame.header = header_for(opcode, frame.payload.size());
    frame.header.fin = is_control(opcode) || below(3) != 0;
    if (masked_) frame.header.masking_key = usual_key;
    if (!is_control(opcode) && below(4) == 0) {
      // A limit is met by what it inflates to.
      if (below(2) == 0) frame.payload.assign(one_of(bounds), 'a');
      compress(frame);
    }
    return frame;
  }
  Bytes close_payload() {
    const unsigned code = one_of(close_codes);
    if (code == 0) return Bytes(below(2), 0x03);
    Bytes payload = {static_cast<std::uint8_t>(code >> 8), static_cast<std::uint8_t>(code)};
    append(payload, one_of(texts));
    return payload;
  }
  void compress(Frame& frame) {
    constexpr auto forms = std::to_array<DeflateForm>(
        {DeflateForm{}, DeflateForm{.level = 0}, DeflateForm{.final = true},
         DeflateForm{.codes = DeflateForm::Codes::fixed}});
    static Deflater deflater(
        {.takes_over = false});  // made anew each time, it would cost the most of all
    Bytes compressed;
    deflater.deflate(frame.payload, compressed, one_of(forms));
    frame.header.rsv1 = true;
    set_payload(frame, std::move(compressed));
  }
  static void set_payload(Frame& frame, Bytes payload) {
    frame.payload = std::move(payload);
    frame.header.payload_length = frame.payload.size();
    frame.header.length_form = shortest_form(frame.payload.size());
  }

  void remask(FrameHeader& header) {
    if (below(3) == 0) {
      header.masking_key.reset();
    } else {
      header.masking_key = below(2) == 0 ? MaskingKey{} : usual_key;
      (*header.masking_key)[below(4)] ^= static_cast<std::uint8_t>(random_());
    }
  }
  void change_header(FrameHeader& header) {
    switch (below(5)) {
      case 0:
        header.fin = !header.fin;
        return;
      case 1:
        header.rsv1 = !header.rsv1;
        return;
      case 2:
        header.rsv2 = !header.rsv2;
        return;
      default:
        header.opcode = one_of(opcodes);
    }
  }
  void resize(Frame& frame) {
    Bytes payload = frame.payload;
    payload.resize(one_of(bounds), 'a');
    set_payload(frame, std::move(payload));
  }
  // A data frame into two fragments of its message.
  void split() {
    const std::size_t at = below(frames_.size());
    Frame& first = frames_[at];
    if (is_control(first.header.opcode)) return;
    Frame rest = first;
    const std::size_t cut = below(first.payload.size() + 1);
    set_payload(
        rest, Bytes(first.payload.begin() + static_cast<std::ptrdiff_t>(cut), first.payload.end()));
    rest.header.opcode = Opcode::continuation;
    rest.header.rsv1 = false;
    Bytes begin = first.payload;
    begin.resize(cut);
    set_payload(first, std::move(begin));
    first.header.fin = false;
    frames_.insert(frames_.begin() + static_cast<std::ptrdiff_t>(at) + 1, std::move(rest));
  }
  // A length that is not so, or takes more bytes than it has to.
  void lie(FrameHeader& header) {
    constexpr auto lengths =
        std::to_array<std::uint64_t>({125, 126, 127, 0xFFFF, 0x10000, 1ULL << 62, 1ULL << 63});
    if (below(2) == 0) {
      header.length_form =
          header.length_form == LengthForm::bits7 ? LengthForm::bits16 : LengthForm::bits64;
    } else {
      header.payload_length = one_of(lengths);
      header.length_form = shortest_form(header.payload_length);
    }
  }
  void change_payload(Frame& frame) {
    if (below(3) == 0) return set_payload(frame, to_bytes(one_of(texts)));
    Bytes payload = frame.payload;
    if (!payload.empty() && below(4) == 0) {
      payload[below(payload.size())] ^= 0x80;  // ASCII no more
      return set_payload(frame, std::move(payload));
    }
    const std::size_t size = payload.size();
    payload.resize(size + 16);
    payload.resize(mutate_bytes_(payload.data(), size, payload.size()));
    set_payload(frame, std::move(payload));
  }

  std::vector<Frame> frames_;
  std::minstd_rand random_;
  const MutateBytes& mutate_bytes_;
  bool masked_ = true;
};

// Where the frames begin: behind the choices, and behind a head if one stands there.
std::size_t frames_begin(ByteView input, std::size_t choices) {
  const ByteView stream = input.subspan(choices);
  const std::string_view text = text_of(stream);
  const bool head = text.starts_with("GET ") || text.starts_with("HTTP/");
  return choices + (head ? size_of_head(text).value_or(stream.size()) : 0);
}

}  // namespace

Bytes mutated_frames(ByteView input, std::size_t choices, std::size_t max_size, unsigned seed,
                     const MutateBytes& mutate_bytes) {
  Bytes mutated(input.begin(), input.end());
  // One in four is mutated without knowing anything, the choices and the head among it.
  if (seed % 4 == 0 || input.size() < choices) {
    mutated.resize(std::max(max_size, input.size()));
    mutated.resize(std::min(mutate_bytes(mutated.data(), input.size(), max_size), max_size));
    return mutated;
  }
  const std::size_t begin = frames_begin(input, choices);
  FrameDecoder decoder;
  std::vector<FrameDecoder::Item> items;
  decoder.feed(input.subspan(begin), items);
  std::vector<Frame> frames;
  for (FrameDecoder::Item& item : items) frames.push_back(std::move(item.frame));
  mutated.resize(begin);
  for (const Frame& frame : FrameMutation(std::move(frames), seed, mutate_bytes).apply()) {
    encode(frame.header, frame.payload, mutated);
  }
  mutated.resize(std::min(mutated.size(), max_size));
  return mutated;
}

std::size_t mutate_frames(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned seed,
                          std::size_t choices) {
  const Bytes mutated = mutated_frames({data, size}, choices, max_size, seed, LLVMFuzzerMutate);
  std::ranges::copy(mutated, data);
  return mutated.size();
}

}  // namespace wsconform
