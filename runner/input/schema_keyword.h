// The keywords of JSON Schema (draft-07) that our own schemas use.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "runner/input/json_source.h"

namespace wsconform {

// What an author most wants to hear of comes first.
enum class SchemaKeyword {
  additional_properties,
  required,
  type,
  enumeration,
  constant,
  minimum,
  maximum,
  min_items,
  max_items,
  unique_items,
  min_length,
  min_properties,
  max_properties,
};

// A keyword that looks at the value alone.
struct SchemaCheck {
  std::string_view name;
  SchemaKeyword keyword = SchemaKeyword::type;
  // Whether the value keeps `rule`, which is what the schema says behind the keyword: scalars,
  // or a list of them.
  bool (*keeps)(const nlohmann::json& rule, const Json& value) = nullptr;
};

// Null where it is none of those.
const SchemaCheck* schema_check_named(std::string_view keyword);

}  // namespace wsconform
