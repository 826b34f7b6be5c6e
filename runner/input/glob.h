// Patterns over ids: `*` stands for any run of characters, '/' among them, and `?` for one.
#pragma once

#include <string_view>

namespace wsconform {

// Takes time in proportion to both lengths at worst.
bool glob_matches(std::string_view glob, std::string_view text);

// For patterns over ids: a pattern without * and ? also stands for whole parts of the id
// between slashes, so that "ping-126" finds "rfc6455/5.5-control-frames/ping-126" and a slug
// finds all its variants.
bool id_matches(std::string_view pattern, std::string_view id);

}  // namespace wsconform
