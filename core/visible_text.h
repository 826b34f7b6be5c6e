// Text that came from a target, made fit for a reader. A hostile target chooses these bytes.
#pragma once

#include <string>
#include <string_view>

namespace wsconform {

// Valid UTF-8: every byte that belongs to no character (RFC 3629) becomes the four characters \xNN.
std::string valid_utf8(std::string_view text);

// Valid UTF-8 on one line that no terminal, XML reader or page acts upon: besides invalid bytes,
// control characters become \n, \r, \t or \xNN, and characters that turn the writing direction,
// separate lines or are no characters at all become \u{NNNN}.
std::string visible(std::string_view text);

// With &amp;, &lt;, &gt; and &quot;, as it can stand in HTML and XML, between tags or in an
// attribute in double quotes.
std::string in_markup(std::string_view text);

}  // namespace wsconform
