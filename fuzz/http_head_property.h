// What holds for the head of any HTTP message, and for the body behind it (RFC 9112): the property
// of the target http_head. Boost.Beast's parser is the second opinion.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/http_head.h"
#include "core/http_response.h"
#include "fuzz/beast_parser.h"
#include "fuzz/breach.h"

namespace wsconform {

// The bytes of the head with its closing empty line, found line by line; nullopt where it has no
// end (RFC 9112 §2.1).
std::optional<std::size_t> size_of_head(std::string_view text);

// HeadReader takes that head and nothing else, and at most max_head bytes, at any cut.
Breach breach_of_head_reader(std::string_view stream, std::size_t max_head,
                             std::uint8_t cut_choice);
// A head, written and parsed again, has the same lines. `text` is a whole head.
Breach breach_of_round_trip(std::string_view text);

enum class HeadOf { request, response };
// A head in which we find nothing wrong is one for Beast too, with the same start line and the same
// fields; and what Beast takes is well written in our eyes. What the two rightly differ in is
// listed in the source. `head` is what we make of the text.
Breach breach_against_beast(std::string_view text, HeadOf kind, const HttpHead& head);
// HttpBodyReader ends a response where Beast does, with the same body, at any cut. `text` begins
// with a clean head.
Breach breach_of_body(std::string_view text, bool to_head, std::uint8_t cut_choice);
// The same of a reader that came to its end, head and body being so many bytes, against what
// Beast read to its own.
Breach breach_of_ended_body(const HttpBodyReader& reader, std::size_t size,
                            const BeastMessage& beasts);

// An input: a byte of choices, a byte that chooses the cuts, the stream.
inline constexpr std::uint8_t head_of_response = 0x01;
inline constexpr std::uint8_t head_short = 0x02;    // max_head 100 bytes
inline constexpr std::uint8_t head_to_head = 0x04;  // the response answers HEAD
Breach breach_of_http_head(ByteView input);

}  // namespace wsconform
