// What a user may have meant by an id that does not exist.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wsconform {

// Letters to insert, drop or change until one text is the other.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The ids that lie nearest to `text`, whole or by what follows a slash, nearest first; none that
// lies far off.
std::vector<std::string> nearest_ids(const std::vector<std::string>& ids, std::string_view text,
                                     std::size_t most = 3);

}  // namespace wsconform
