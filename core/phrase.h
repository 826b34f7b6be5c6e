// Pieces of the sentences that a person reads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"

namespace wsconform {

// "a, b and c", where `last` is " and ".
std::string joined(const std::vector<std::string>& parts, std::string_view last);

// The text between quotes, made visible; a long one is cut between two characters and
// its size told.
std::string in_quotes(std::string_view text);
inline constexpr std::size_t longest_quote = 60;  // bytes

// Bytes that a peer sent, between quotes: as text where they are UTF-8, else every byte above 0x7E
// as \xNN; so are quotes, backslashes and control characters. Of more than `max` bytes the
// beginning is shown, and "..." behind it.
std::string quoted(ByteView bytes, std::size_t max = 80);

// "0.21 ms", "48 ms", "3.2 s", "2 min 5 s".
std::string duration_in_words(double milliseconds);

// "3.1 MiB"
std::string mebibytes(std::uint64_t bytes);

// "RFC 6455 §5.2", "RFC 7692 §7.1": the section of a rule ("5.2", "RFC 7692 7.1") with
// its standard.
std::string cited(std::string_view section);

// A sentence without the full stop at its end.
std::string without_stop(std::string_view sentence);
// As it goes on in another sentence: without its full stop, and without the capital of its first
// word, unless that is an abbreviation ("TCP ends.").
std::string clause(std::string_view sentence);

// As a shell takes it for one word.
std::string shell_word(std::string_view text);

// "1 case", "2 cases".
std::string counted(std::uint64_t count, std::string_view noun);

}  // namespace wsconform
