#include "fuzz/extension_header_property.h"

#include <algorithm>
#include <set>

#include "core/extension.h"
#include "fuzz/beast_parser.h"

namespace wsconform {
namespace {

std::string list_written(const std::vector<Extension>& extensions) {
  std::string all;
  for (const Extension& one : extensions) {
    all.append(all.empty() ? "" : ", ").append(write_extension(one));
  }
  return all;
}

std::vector<std::string> one_by_one(const std::vector<Extension>& extensions) {
  std::vector<std::string> texts;
  for (const Extension& one : extensions) texts.push_back(write_extension(one));
  return texts;
}

// Where the two grammars differ: white space around separators (the implied LWS of RFC 6455 §4.3, which
// Beast knows around some), and what a quoted string may hold. And where Beast (of Boost 1.81) errs: a
// parameter without a value that stands before a comma is lost, with all that follows.
bool is_read_alike(std::string_view value) {
  const bool list_with_parameters = value.contains(',') && value.contains(';');
  return !list_with_parameters && value.find_first_of(" \t\"\\") == std::string_view::npos;
}

}  // namespace

Breach breach_of_extensions(std::string_view value) {
  const auto parsed = parse_extensions(value);
  if (!parsed && parsed.error().offset > value.size()) return "the error lies behind the value";
  if (!parsed) return std::nullopt;
  if (parsed->empty()) return "a list without an element was read";
  const auto again = parse_extensions(list_written(*parsed));
  if (!again || *again != *parsed) return "written and parsed again it is another list";
  if (!is_read_alike(value)) return std::nullopt;
  if (beast_extensions(value) != one_by_one(*parsed)) return "Beast reads another list";
  return std::nullopt;
}

Breach breach_of_subprotocols(std::string_view value) {
  const auto parsed = parse_subprotocols(value);
  if (!parsed && parsed.error().offset > value.size()) return "the error lies behind the value";
  const auto beasts = beast_tokens(value);
  if (!parsed) {
    const bool unique = beasts && std::set(beasts->begin(), beasts->end()).size() == beasts->size();
    if (unique && !beasts->empty()) return "Beast reads tokens that we do not";
    return std::nullopt;
  }
  if (!beasts || *beasts != *parsed) return "Beast reads other tokens";
  return std::nullopt;
}

Breach breach_of_extension_header(std::string_view input) {
  if (auto breach = breach_of_extensions(input)) return "extensions: " + *breach;
  if (auto breach = breach_of_subprotocols(input)) return "subprotocols: " + *breach;
  return std::nullopt;
}

}  // namespace wsconform
