#include "fuzz/extension_header_property.h"

#include <algorithm>
#include <set>

#include "core/ascii.h"
#include "core/http_head.h"
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

// Between the separators, without the white space around them.
std::vector<std::string_view> parts_of(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(trim(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string> one_by_one(const std::vector<Extension>& extensions) {
  std::vector<std::string> texts;
  for (const Extension& one : extensions) texts.push_back(write_extension(one));
  return texts;
}

// Where the two grammars differ: white space around separators (the implied LWS of
// RFC 6455 §4.3, which Beast knows around some), and what a quoted string may hold. And where
// Beast (of Boost 1.81) errs: a parameter without a value that stands before a comma is lost,
// with all that follows.
bool is_read_alike(std::string_view value) {
  const bool list_with_parameters = value.contains(',') && value.contains(';');
  return !list_with_parameters && value.find_first_of(" \t\"\\") == std::string_view::npos;
}

}  // namespace

std::optional<std::vector<Extension>> extensions_plainly(std::string_view value) {
  std::vector<Extension> list;
  for (const std::string_view element : parts_of(value, ',')) {
    if (element.empty()) continue;
    Extension& extension = list.emplace_back();
    for (const std::string_view part : parts_of(element, ';')) {
      const std::vector<std::string_view> pair = parts_of(part, '=');
      if (pair.size() > 2 || !std::ranges::all_of(pair, is_token)) return std::nullopt;
      if (extension.name.empty()) {
        if (pair.size() > 1) return std::nullopt;
        extension.name = part;
        continue;
      }
      extension.parameters.push_back({std::string(pair.front()), std::nullopt});
      if (pair.size() > 1) extension.parameters.back().value = pair.back();
    }
  }
  return list.empty() ? std::nullopt : std::optional(list);
}

Breach breach_of_extensions(std::string_view value, const ParsedExtensions& parsed) {
  const bool quotes = value.find_first_of("\"\\") != std::string_view::npos;
  if (!quotes && extensions_plainly(value) != (parsed ? std::optional(*parsed) : std::nullopt))
    return parsed ? "the list is read otherwise" : "a list that is well written is refused";
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
  if (auto breach = breach_of_extensions(input, parse_extensions(input)))
    return "extensions: " + *breach;
  if (auto breach = breach_of_subprotocols(input)) return "subprotocols: " + *breach;
  return std::nullopt;
}

}  // namespace wsconform
