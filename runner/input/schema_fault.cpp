#include "runner/input/schema_fault.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "core/utf8.h"
#include "runner/input/json_source.h"

namespace wsconform {
namespace {

using Plain = nlohmann::json;

bool is_of_type(const Plain& value, std::string_view type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "integer") return value.is_number_integer();
  return type == "number" ? value.is_number() : value.is_null();
}

bool keeps_type(const Plain& rule, const Plain& value) {
  if (rule.is_string()) return is_of_type(value, rule.get_ref<const std::string&>());
  return std::ranges::any_of(rule, [&](const Plain& each) {
    return is_of_type(value, each.get_ref<const std::string&>());
  });
}

bool keeps_enumeration(const Plain& rule, const Plain& value) {
  return std::ranges::find(rule, value) != rule.end();
}

bool keeps_constant(const Plain& rule, const Plain& value) {
  return rule == value;
}

bool keeps_minimum(const Plain& rule, const Plain& value) {
  return !value.is_number() || value >= rule;
}

bool keeps_maximum(const Plain& rule, const Plain& value) {
  return !value.is_number() || value <= rule;
}

bool keeps_min_items(const Plain& rule, const Plain& value) {
  return !value.is_array() || value.size() >= rule.get<std::size_t>();
}

bool keeps_max_items(const Plain& rule, const Plain& value) {
  return !value.is_array() || value.size() <= rule.get<std::size_t>();
}

bool keeps_unique_items(const Plain& rule, const Plain& value) {
  if (!rule.get<bool>() || !value.is_array()) return true;
  return std::set<Plain>(value.begin(), value.end()).size() == value.size();
}

bool keeps_min_length(const Plain& rule, const Plain& value) {
  if (!value.is_string()) return true;
  const auto tails = std::ranges::count_if(value.get_ref<const std::string&>(), is_utf8_tail);
  const auto bytes = value.get_ref<const std::string&>().size();
  return bytes - static_cast<std::size_t>(tails) >= rule.get<std::size_t>();
}

bool keeps_min_properties(const Plain& rule, const Plain& value) {
  return !value.is_object() || value.size() >= rule.get<std::size_t>();
}

bool keeps_max_properties(const Plain& rule, const Plain& value) {
  return !value.is_object() || value.size() <= rule.get<std::size_t>();
}

// The keywords that look at the value alone.
struct Check {
  const char* name = "";
  SchemaKeyword keyword = SchemaKeyword::type;
  bool (*keeps)(const Plain& rule, const Plain& value) = nullptr;
};
constexpr auto checks = std::to_array<Check>({
    {"type", SchemaKeyword::type, keeps_type},
    {"enum", SchemaKeyword::enumeration, keeps_enumeration},
    {"const", SchemaKeyword::constant, keeps_constant},
    {"minimum", SchemaKeyword::minimum, keeps_minimum},
    {"maximum", SchemaKeyword::maximum, keeps_maximum},
    {"minItems", SchemaKeyword::min_items, keeps_min_items},
    {"maxItems", SchemaKeyword::max_items, keeps_max_items},
    {"uniqueItems", SchemaKeyword::unique_items, keeps_unique_items},
    {"minLength", SchemaKeyword::min_length, keeps_min_length},
    {"minProperties", SchemaKeyword::min_properties, keeps_min_properties},
    {"maxProperties", SchemaKeyword::max_properties, keeps_max_properties},
});

class Walk {
 public:
  explicit Walk(const Plain& root) : root_(root) {}

  std::optional<BrokenKeyword> deepest(const Plain& schema, const Plain& value) {
    walk(schema, value, {});
    return std::move(deepest_);
  }

 private:
  struct Place {
    std::string pointer;
    std::size_t depth = 0;
  };
  static Place inside(const Place& place, const auto& part) {
    return {pointer_to(place.pointer, part), place.depth + 1};
  }

  void walk(const Plain& schema, const Plain& value, const Place& place) {
    if (!schema.is_object()) return;
    if (const auto reference = schema.find("$ref"); reference != schema.end()) {
      const std::string target = reference->get<std::string>().substr(1);  // behind '#'
      return walk(root_.at(Plain::json_pointer(target)), value, place);
    }
    for (const Check& check : checks)
      if (const auto rule = schema.find(check.name); rule != schema.end())
        if (!check.keeps(*rule, value)) broken({place.pointer, place.depth, check.keyword, ""});
    if (value.is_object()) walk_members(schema, value, place);
    if (value.is_array() && schema.contains("items"))
      for (std::size_t i = 0; i < value.size(); ++i)
        walk(schema["items"], value[i], inside(place, i));
    if (schema.contains("allOf"))
      for (const Plain& each : schema["allOf"]) walk(each, value, place);
    if (schema.contains("if")) walk_branch(schema, value, place);
  }

  void walk_members(const Plain& schema, const Plain& value, const Place& place) {
    const Plain none = Plain::object();
    const Plain required = schema.value("required", none);
    for (const Plain& name : std::set<Plain>(required.begin(), required.end()))
      if (!value.contains(name.get_ref<const std::string&>()))
        broken({place.pointer, place.depth, SchemaKeyword::required, name});
    const Plain& known = schema.contains("properties") ? schema["properties"] : none;
    for (const auto& [name, member] : value.items()) {
      if (known.contains(name)) {
        walk(known[name], member, inside(place, name));
      } else if (schema.contains("additionalProperties")) {
        const Plain& others = schema["additionalProperties"];
        if (others == false)
          broken({place.pointer, place.depth, SchemaKeyword::additional_properties, name});
        walk(others, member, inside(place, name));
      }
    }
  }

  void walk_branch(const Plain& schema, const Plain& value, const Place& place) {
    const char* branch = Walk(root_).deepest(schema["if"], value) ? "else" : "then";
    if (schema.contains(branch)) walk(schema[branch], value, place);
  }

  void broken(BrokenKeyword found) {
    const auto order = [](const BrokenKeyword& each) {
      return std::pair(SIZE_MAX - each.depth, each.keyword);
    };
    if (!deepest_ || order(found) < order(*deepest_)) deepest_ = std::move(found);
  }

  const Plain& root_;
  std::optional<BrokenKeyword> deepest_;
};

}  // namespace

std::optional<BrokenKeyword> broken_keyword(const nlohmann::json& schema,
                                            const nlohmann::json& value) {
  return Walk(schema).deepest(schema, value);
}

}  // namespace wsconform
