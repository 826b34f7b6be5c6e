// What the HTML report holds beside its head, packed: the index of everything, and details of the
// cases in blocks, which the page unpacks when a case is opened (reports/html/report_data.js). All
// of it is bounded, whatever the target sent: what is most worth a look is packed first, and what
// no longer fits is left out and told.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wsconform {

struct Results;

// Of the packed text, in bytes: with the page's own the whole stays below 10 MB.
inline constexpr std::size_t most_packed_index = 2'500'000;
inline constexpr std::size_t most_packed_details = 6'500'000;

struct PackedBlock {
  std::string name;  // "index", "details-0"
  std::string text;  // JSON as zlib (RFC 1950) in base64
};

struct PackedResults {
  std::vector<PackedBlock> blocks;
  std::size_t left_out = 0;  // cases that not even the index has
};

// `other`: a run to compare with, or nullptr.
PackedResults pack(const Results& results, const Results* other);

// zlib in base64, as a block is.
std::string packed(std::string_view json);

}  // namespace wsconform
