#include "runner/casebook/case_expansion.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "core/ascii.h"
#include "core/placeholder.h"
#include "runner/target/policy_placeholders.h"

namespace wsconform {
namespace {

constexpr std::array<std::string_view, 9> kept_names = {
    "http-scheme", "host", "port", "path", "open-path", "key", "n", "policy", "limit"};
constexpr std::string_view limit_row = "limit";

bool is_name_character(char c) {
  return is_lower_letter(c) || is_digit(c) || c == '-' || c == '_';
}

struct Placeholder {
  std::string_view whole;   // "row.hex"
  std::string_view name;    // "row"
  std::string_view member;  // "hex"
};

// What stands between two braces; nullopt where it is none.
std::optional<Placeholder> placeholder_of(std::string_view inner) {
  const auto dot = inner.find('.');
  Placeholder found{inner, inner.substr(0, dot),
                    dot == inner.npos ? std::string_view() : inner.substr(dot + 1)};
  const bool fits = !found.name.empty() && std::ranges::all_of(found.name, is_name_character) &&
                    std::ranges::all_of(found.member, is_name_character) &&
                    (dot == inner.npos || !found.member.empty());
  return fits ? std::optional(found) : std::nullopt;
}

// The placeholder that the whole text is.
std::optional<Placeholder> only_placeholder(std::string_view text) {
  if (text.size() < 2 || text.front() != '{' || text.back() != '}') return std::nullopt;
  return placeholder_of(text.substr(1, text.size() - 2));
}

std::string in_braces(const Placeholder& placeholder) {
  return '{' + std::string(placeholder.whole) + '}';
}

// What the runner fills in.
bool is_kept(const Placeholder& placeholder) {
  if (placeholder.name == "policy")
    return std::ranges::count(policy_placeholders(), placeholder.member) > 0;
  return placeholder.member.empty() &&
         std::ranges::find(kept_names, placeholder.name) != kept_names.end();
}

std::string printed(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

using Values = std::map<std::string, const Json*, std::less<>>;

// Puts the values of one variant into an entry.
class Substitution {
 public:
  Substitution(const JsonSource& source, std::size_t& left, const Values& values)
      : source_(source), left_(left), values_(values) {}

  Json put(const Json& value, const std::string& pointer) {
    if (value.is_object()) return put_members(value, pointer);
    if (value.is_array()) return put_elements(value, pointer);
    if (value.is_string()) return put_text(value.get_ref<const std::string&>(), pointer);
    return paid(value, pointer);
  }

 private:
  void pay(std::size_t bytes, const std::string& pointer) {
    constexpr std::size_t value_size = 32;
    if (left_ < bytes + value_size)
      source_.fail(pointer, "makes the variants of this file too large");
    left_ -= bytes + value_size;
  }

  Json paid(const Json& value, const std::string& pointer) {
    if (value.is_structured()) {
      for (const Json& inner : value) paid(inner, pointer);
    }
    pay(value.is_string() ? value.get_ref<const std::string&>().size() : 0, pointer);
    return value;
  }

  Json put_members(const Json& object, const std::string& pointer) {
    Json result = Json::object();
    for (const auto& [name, member] : object.items()) {
      const std::string inner = pointer_to(pointer, name);
      const std::string new_name = put_printed(name, inner);
      if (result.contains(new_name)) source_.fail(inner, "is named twice once values are put in");
      result[new_name] = put(member, inner);
    }
    pay(0, pointer);
    return result;
  }

  Json put_elements(const Json& array, const std::string& pointer) {
    Json result = Json::array();
    for (std::size_t i = 0; i < array.size(); ++i)
      result.push_back(put(array[i], pointer_to(pointer, i)));
    pay(0, pointer);
    return result;
  }

  Json put_text(const std::string& text, const std::string& pointer) {
    if (const auto only = only_placeholder(text))
      if (const Json* value = value_of(*only, pointer)) return paid(*value, pointer);
    return put_printed(text, pointer);
  }

  std::string put_printed(std::string_view text, const std::string& pointer) {
    std::size_t put_in = 0;  // bytes
    std::string result = with_placeholders(text, [&](auto inner) -> std::optional<std::string> {
      const auto found = placeholder_of(inner);
      if (!found) return std::nullopt;
      const Json* value = value_of(*found, pointer);
      if (value == nullptr) return in_braces(*found);
      if (value->is_structured())
        source_.fail(pointer, "puts a value into a text that is neither text nor number");
      std::string words = printed(*value);
      put_in += words.size();
      if (put_in > left_) pay(put_in, pointer);
      return words;
    });
    pay(result.size(), pointer);
    return result;
  }

  // nullptr: the placeholder is the runner's.
  const Json* value_of(const Placeholder& placeholder, const std::string& pointer) const {
    const auto found = values_.find(placeholder.name);
    if (found == values_.end()) {
      if (is_kept(placeholder)) return nullptr;
      source_.fail(pointer, "uses " + in_braces(placeholder) +
                                (placeholder.name == "policy" ? ", which no policy has"
                                                              : ", which `each` does not name"));
    }
    const Json& value = *found->second;
    if (!value.is_object()) {
      if (placeholder.member.empty()) return &value;
      source_.fail(pointer, "uses " + in_braces(placeholder) + " of a value that is no row");
    }
    const std::string member(placeholder.member.empty() ? "name" : placeholder.member);
    if (!value.contains(member))
      source_.fail(pointer, "uses " + in_braces(placeholder) + ", which the row \"" +
                                printed(value["name"]) + "\" lacks");
    return &value[member];
  }

  const JsonSource& source_;
  std::size_t& left_;
  const Values& values_;
};

// The part of an id that a value of `each` becomes.
std::string name_of(const JsonSource& source, const Json& value, const std::string& pointer) {
  if (value.is_array())
    source.fail(pointer, "is a list; write it as a row, { \"name\": ..., ... }");
  if (value.is_object() && (!value.contains("name") || !value["name"].is_string()))
    source.fail(pointer, "is a row without a name");
  std::string name = printed(value.is_object() ? value["name"] : value);
  if (!is_slug(name))
    source.fail(pointer, "has a name that does not fit into an id; write it as a row");
  return name;
}

struct Dimension {
  std::string name;
  const Json* values = nullptr;
  std::vector<std::string> names;
};

std::vector<Dimension> dimensions_of(const JsonSource& source, const Json& entry,
                                     const std::string& pointer) {
  std::vector<Dimension> dimensions;
  if (!entry.contains("each")) return dimensions;
  std::size_t product = 1;
  for (const auto& [name, values] : entry["each"].items()) {
    const std::string here = pointer_to(pointer_to(pointer, "each"), name);
    if (name.empty() || !std::ranges::all_of(name, is_name_character))
      source.fail(here, "is no name for a placeholder");
    if (std::ranges::find(kept_names, name) != kept_names.end())
      source.fail(here, "is a name that the runner fills in");
    if (!values.is_array() || values.empty()) source.fail(here, "is no list of values");
    if (values.size() > max_variants / product) source.fail(here, "makes too many variants");
    product *= values.size();
    Dimension& added = dimensions.emplace_back(Dimension{name, &values, {}});
    for (std::size_t i = 0; i < values.size(); ++i)
      added.names.push_back(name_of(source, values[i], pointer_to(here, i)));
  }
  return dimensions;
}

// What cases say of limits, as a row.
Json row_of(const DeclaredLimits& limits) {
  constexpr std::uint64_t any = 65536;
  const std::uint64_t message = limits.max_message.value_or(any);
  const std::uint64_t frame = limits.max_frame.value_or(any);
  Json row = {{"name", limit_row}};
  row["message"] = message;
  row["above-message"] = message + 1;
  row["frame"] = frame;
  row["above-frame"] = frame + 1;
  // A message in a few such fragments breaks no limit of frames.
  row["fragment"] = std::min(limits.max_frame.value_or(message), message / 4 + 1);
  return row;
}

}  // namespace

bool stays_when_expanded(std::string_view text) {
  bool stays = true;
  with_placeholders(text, [&](auto inner) -> std::optional<std::string> {
    const auto found = placeholder_of(inner);
    if (!found) return std::nullopt;
    if (found->name == limit_row || !is_kept(*found)) stays = false;
    return in_braces(*found);
  });
  return stays;
}

bool is_slug(std::string_view text) {
  return !text.empty() && is_letter_or_digit(text.front()) && std::ranges::all_of(text, [](char c) {
    return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '+';
  });
}

void for_each_variant(const JsonSource& source, const std::string& pointer,
                      const DeclaredLimits& limits, std::size_t& left,
                      const std::function<void(const Variant&)>& visit) {
  const Json limit = row_of(limits);
  const Json& entry = source.value().at(Json::json_pointer(pointer));
  const std::vector<Dimension> dimensions = dimensions_of(source, entry, pointer);
  Json body = entry;
  body.erase("each");
  std::vector<std::size_t> at(dimensions.size(), 0);
  while (true) {
    Variant variant;
    Values values = {{std::string(limit_row), &limit}};
    for (std::size_t i = 0; i < dimensions.size(); ++i) {
      values[dimensions[i].name] = &(*dimensions[i].values)[at[i]];
      variant.name += (i == 0 ? "" : "-") + dimensions[i].names[at[i]];
    }
    variant.value = Substitution(source, left, values).put(body, pointer);
    visit(variant);
    std::size_t turn = dimensions.size();
    while (turn > 0 && ++at[turn - 1] == dimensions[turn - 1].values->size()) at[--turn] = 0;
    if (turn == 0) return;
  }
}

}  // namespace wsconform
