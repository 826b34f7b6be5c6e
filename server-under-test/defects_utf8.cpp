// Texts judged wrongly (RFC 6455 §8.1, RFC 3629).
#include <algorithm>

#include "core/close_code.h"
#include "core/utf8.h"
#include "server-under-test/hooks.h"
#include "server-under-test/lenient_utf8.h"
#include "server-under-test/planted_defects.h"

namespace wsconform {
namespace {

Bytes joined(const Frames& fragments) {
  Bytes text;
  for (const Frame& fragment : fragments) append(text, ByteView(fragment.payload));
  return text;
}

bool holds(ByteView text, std::string_view what) {
  return text_of(text).find(what) != std::string_view::npos;
}

// A character that the text cuts at its end is let pass.
bool is_valid_start(ByteView text) {
  Utf8Validator validator;
  return validator.feed(text);
}

// Texts are judged by `valid` alone.
Defect judging(std::string id, std::string says, bool (*valid)(const Frames& fragments)) {
  return {.id = std::move(id),
          .says = std::move(says),
          .options = tolerating({Violation::invalid_utf8}),
          .incoming = judging_texts(valid)};
}

template <Utf8Leniency leniency>
Defect lenient(std::string id, std::string says) {
  return judging(std::move(id), std::move(says), [](const Frames& fragments) {
    return is_lenient_utf8(joined(fragments), leniency);
  });
}

// Fails the connection for a valid text in which `what` stands.
template <typename Holds>
Defect refusing_text(std::string id, std::string says, Holds what) {
  return {.id = std::move(id),
          .says = std::move(says),
          .incoming = messages([what](Scene& scene, Frame& frame) {
            if (frame.header.opcode == Opcode::text && what(ByteView(frame.payload)))
              scene.fail(close_invalid_payload);
          })};
}

std::vector<Defect> judged_in_part() {
  return {
      judging("utf8-by-fragment", "Validates each fragment of a text by itself.",
              [](const Frames& fragments) {
                return std::ranges::all_of(
                    fragments, [](const Frame& frame) { return is_utf8(frame.payload); });
              }),
      judging("utf8-of-first-fragment", "Validates only the first fragment of a text.",
              [](const Frames& fragments) { return is_valid_start(fragments.front().payload); }),
      judging("utf8-of-last-fragment", "Validates only the last fragment of a fragmented text.",
              [](const Frames& fragments) { return is_utf8(fragments.back().payload); }),
      judging("utf8-of-whole-frames-only",
              "Validates a text only if it comes in one frame of up to 125 bytes.",
              [](const Frames& fragments) {
                const Bytes& text = fragments.front().payload;
                return fragments.size() > 1 || text.size() > 125 || is_utf8(text);
              }),
      judging("utf8-of-fragmented-texts-only", "Validates a text only if it comes in fragments.",
              [](const Frames& fragments) {
                return fragments.size() == 1 || is_utf8(joined(fragments));
              }),
  };
}

std::vector<Defect> judged_leniently() {
  return {
      lenient<Utf8Leniency{.surrogates = true}>("utf8-with-surrogates",
                                                "Accepts surrogates in a text."),
      lenient<Utf8Leniency{.overlong2 = true}>("utf8-with-overlong-2",
                                               "Accepts overlong forms of two bytes."),
      lenient<Utf8Leniency{.overlong3 = true}>("utf8-with-overlong-3",
                                               "Accepts overlong forms of three bytes."),
      lenient<Utf8Leniency{.overlong4 = true}>("utf8-with-overlong-4",
                                               "Accepts overlong forms of four bytes."),
      lenient<Utf8Leniency{.above_10ffff = true}>("utf8-above-10ffff",
                                                  "Accepts characters above U+10FFFF."),
      lenient<Utf8Leniency{.five_or_six_bytes = true}>("utf8-of-five-bytes",
                                                       "Accepts characters of five and six bytes."),
      lenient<Utf8Leniency{.lone_continuation = true}>(
          "utf8-lone-continuation", "Accepts continuation bytes that continue nothing."),
      lenient<Utf8Leniency{.bytes_fe_ff = true}>("utf8-with-fe-ff",
                                                 "Accepts the bytes 0xFE and 0xFF."),
      lenient<Utf8Leniency{.unfinished_end = true}>("utf8-unfinished-end",
                                                    "Accepts a text that ends inside a character."),
      lenient<Utf8Leniency{.any_continuation = true}>("utf8-any-continuation",
                                                      "Accepts any byte after a leading byte."),
  };
}

// What a decoder that never fails makes of a text: each wrong byte is replaced, or left out.
template <typename Mend>
Defect mending(std::string id, std::string says, Mend mend) {
  return {.id = std::move(id),
          .says = std::move(says),
          .options = tolerating({Violation::invalid_utf8}),
          .outgoing = frames_of<Opcode::text>([mend](Scene&, Frame& frame) {
            Bytes mended;
            ByteView rest = frame.payload;
            while (!is_utf8(rest)) {
              const std::size_t valid = std::min(valid_utf8_prefix(rest), rest.size() - 1);
              append(mended, rest.first(valid));
              mend(mended);
              rest = rest.subspan(valid + 1);
            }
            append(mended, rest);
            frame.payload = std::move(mended);
          })};
}

std::vector<Defect> mended() {
  return {
      mending("utf8-replaced", "Replaces invalid bytes of a text with U+FFFD.",
              [](Bytes& text) { append(text, std::string_view("\xef\xbf\xbd")); }),
      mending("utf8-left-out", "Leaves invalid bytes of a text out.", [](Bytes&) {}),
  };
}

bool holds_four_byte_character(ByteView text) {
  return is_utf8(text) && std::ranges::any_of(text, [](std::uint8_t byte) { return byte >= 0xf0; });
}

std::vector<Defect> judged_too_strictly() {
  return {
      refusing_text("utf8-nul-refused", "Fails the connection for a zero byte in a text.",
                    [](ByteView text) { return std::ranges::find(text, 0) != text.end(); }),
      refusing_text("utf8-four-bytes-refused",
                    "Fails the connection for a character of four bytes.",
                    holds_four_byte_character),
      refusing_text(
          "utf8-noncharacters-refused", "Fails the connection for U+FFFE and U+FFFF.",
          [](ByteView text) { return holds(text, "\xef\xbf\xbe") || holds(text, "\xef\xbf\xbf"); }),
      refusing_text("utf8-last-character-refused", "Fails the connection for U+10FFFF.",
                    [](ByteView text) { return holds(text, "\xf4\x8f\xbf\xbf"); }),
      refusing_text(
          "utf8-around-surrogates-refused", "Fails the connection for U+D7FF and U+E000.",
          [](ByteView text) { return holds(text, "\xed\x9f\xbf") || holds(text, "\xee\x80\x80"); }),
      refusing_text("utf8-del-refused", "Fails the connection for U+007F.",
                    [](ByteView text) { return holds(text, "\x7f"); }),
      {.id = "utf8-of-binary",
       .says = "Fails the connection for binary messages that are not UTF-8.",
       .incoming = frames_of<Opcode::binary>([](Scene& scene, Frame& frame) {
         if (!is_utf8(frame.payload)) scene.fail(close_invalid_payload);
       })},
      {.id = "utf8-of-ping",
       .says = "Fails the connection for a Ping whose payload is not UTF-8.",
       .incoming = pings([](Scene& scene, Frame& frame) {
         if (!is_utf8(frame.payload)) scene.fail(close_invalid_payload);
       })},
  };
}

}  // namespace

std::vector<Defect> utf8_defects() {
  return rows_of({judged_in_part, judged_leniently, mended, judged_too_strictly});
}

}  // namespace wsconform
