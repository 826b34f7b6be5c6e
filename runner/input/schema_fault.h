// Which keyword of a JSON Schema (draft-07) a value breaks, and where. It knows the keywords that
// our own schemas use; whether a value keeps a schema at all is the validator's to say
// (json_schema.h).
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

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

struct BrokenKeyword {
  std::string pointer;    // to the value that breaks it (RFC 6901)
  std::size_t depth = 0;  // of that value: 0 is the root
  SchemaKeyword keyword = SchemaKeyword::type;
  std::string member;  // the one that is unknown or missing
};

// The keyword broken deepest; of several there the first in the order above. References are into
// the same schema. nullopt: none of those keywords is broken.
std::optional<BrokenKeyword> broken_keyword(const nlohmann::json& schema,
                                            const nlohmann::json& value);

}  // namespace wsconform
