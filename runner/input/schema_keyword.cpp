#include "runner/input/schema_keyword.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/utf8.h"

namespace wsconform {
namespace {

using Rule = nlohmann::json;

bool is_of_type(const Json& value, std::string_view type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "integer") return value.is_number_integer();
  return type == "number" ? value.is_number() : value.is_null();
}

bool keeps_type(const Rule& rule, const Json& value) {
  if (rule.is_string()) return is_of_type(value, rule.get_ref<const std::string&>());
  return std::ranges::any_of(rule, [&](const Rule& each) {
    return is_of_type(value, each.get_ref<const std::string&>());
  });
}

// Wide enough for all integers of 64 bits.
long double number(const auto& value) {
  return value.template get<long double>();
}

bool is_same(const Rule& scalar, const Json& value) {
  if (scalar.is_number()) return value.is_number() && number(scalar) == number(value);
  if (scalar.type() != value.type()) return false;
  if (scalar.is_string())
    return scalar.get_ref<const std::string&>() == value.get_ref<const std::string&>();
  return scalar.is_null() || scalar.get<bool>() == value.get<bool>();
}

bool keeps_enumeration(const Rule& rule, const Json& value) {
  return std::ranges::any_of(rule, [&](const Rule& each) { return is_same(each, value); });
}

bool keeps_minimum(const Rule& rule, const Json& value) {
  return !value.is_number() || number(value) >= number(rule);
}

bool keeps_maximum(const Rule& rule, const Json& value) {
  return !value.is_number() || number(value) <= number(rule);
}

bool keeps_min_items(const Rule& rule, const Json& value) {
  return !value.is_array() || value.size() >= rule.get<std::size_t>();
}

bool keeps_max_items(const Rule& rule, const Json& value) {
  return !value.is_array() || value.size() <= rule.get<std::size_t>();
}

bool keeps_unique_items(const Rule& rule, const Json& value) {
  if (!rule.get<bool>() || !value.is_array()) return true;
  std::vector<const Json*> elements;
  for (const Json& each : value) elements.push_back(&each);
  std::ranges::sort(elements, [](const Json* a, const Json* b) { return *a < *b; });
  const auto equal = [](const Json* a, const Json* b) { return *a == *b; };
  return std::ranges::adjacent_find(elements, equal) == elements.end();
}

bool keeps_min_length(const Rule& rule, const Json& value) {
  if (!value.is_string()) return true;
  const auto tails = std::ranges::count_if(value.get_ref<const std::string&>(), is_utf8_tail);
  const auto bytes = value.get_ref<const std::string&>().size();
  return bytes - static_cast<std::size_t>(tails) >= rule.get<std::size_t>();
}

bool keeps_min_properties(const Rule& rule, const Json& value) {
  return !value.is_object() || value.size() >= rule.get<std::size_t>();
}

bool keeps_max_properties(const Rule& rule, const Json& value) {
  return !value.is_object() || value.size() <= rule.get<std::size_t>();
}

constexpr auto checks = std::to_array<SchemaCheck>({
    {"type", SchemaKeyword::type, keeps_type},
    {"enum", SchemaKeyword::enumeration, keeps_enumeration},
    {"const", SchemaKeyword::constant, is_same},
    {"minimum", SchemaKeyword::minimum, keeps_minimum},
    {"maximum", SchemaKeyword::maximum, keeps_maximum},
    {"minItems", SchemaKeyword::min_items, keeps_min_items},
    {"maxItems", SchemaKeyword::max_items, keeps_max_items},
    {"uniqueItems", SchemaKeyword::unique_items, keeps_unique_items},
    {"minLength", SchemaKeyword::min_length, keeps_min_length},
    {"minProperties", SchemaKeyword::min_properties, keeps_min_properties},
    {"maxProperties", SchemaKeyword::max_properties, keeps_max_properties},
});

}  // namespace

const SchemaCheck* schema_check_named(std::string_view keyword) {
  const auto* found = std::ranges::find(checks, keyword, &SchemaCheck::name);
  return found == checks.end() ? nullptr : found;
}

}  // namespace wsconform
