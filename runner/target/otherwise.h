// What is right, spelled otherwise: secrets that are nearly those of a target, and its paths.
#pragma once

#include <string>
#include <string_view>

namespace wsconform {

// Without the last character, which may be several bytes of UTF-8.
std::string shortened(std::string_view text);
// With another letter in the place of the last, or of the first: of numbers in a row, none
// becomes the next.
std::string with_last_altered(std::string text);
std::string with_first_altered(std::string text);
// Every letter of ASCII in the other case; where there is none, with the last altered.
std::string in_other_case(std::string text);
// Letters and digits as %XX, what is encoded already left as it is: the same to whoever decodes it
// (RFC 3986 §2.3).
std::string percent_encoded(std::string_view text);

}  // namespace wsconform
