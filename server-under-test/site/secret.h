// Comparing what a client sends with what it has to know.
#pragma once

#include <string_view>

namespace wsconform {

// Takes the same time wherever the two differ, and however long the first is that they share: it
// compares their digests (SHA-256), byte for byte to the end.
bool same_secret(std::string_view sent, std::string_view known);

}  // namespace wsconform
