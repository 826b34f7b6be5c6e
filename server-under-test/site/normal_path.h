// The one spelling of a path by which resources and their rules are found, so that no other
// spelling gets around a rule.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wsconform {

// Of a request target in origin-form or absolute-form (RFC 9112 §3.2): its path without the query,
// percent-decoded once (RFC 3986 §2.1), letters in lower case, backslashes read as slashes, a
// segment's parameters behind ';' left out, empty and dot segments resolved (RFC 3986 §5.2.4), no
// slash at the end but for the root, "/". nullopt: a malformed triplet, or a control byte.
std::optional<std::string> normal_path(std::string_view target);

// "%41" is "A" (RFC 3986 §2.1); what is no such triplet stays.
std::string percent_decoded(std::string_view text);

// Whether the normal path is `root` or stands below it.
bool is_at_or_below(std::string_view path, std::string_view root);

}  // namespace wsconform
