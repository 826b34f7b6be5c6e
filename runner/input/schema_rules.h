// Whether a value keeps a JSON Schema (draft-07), and which keyword it breaks where. It knows the
// keywords that our own schemas use, and refuses a schema that has others; its tests hold it
// against a validator that others wrote.
#pragma once

#include <cstddef>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "runner/input/json_source.h"
#include "runner/input/schema_keyword.h"

namespace wsconform {

struct BrokenKeyword {
  std::string pointer;    // to the value that breaks it (RFC 6901)
  std::size_t depth = 0;  // of that value: 0 is the root
  SchemaKeyword keyword = SchemaKeyword::type;
  std::string member;   // the one that is unknown or missing
  nlohmann::json rule;  // what the schema says behind a keyword that looks at the value alone
};

// A schema, taken apart once.
class SchemaRules {
 public:
  // Throws std::invalid_argument where the schema, or one inside it, has a keyword that is
  // not known here, a `const` or `enum` of other than scalars, or a reference to other than
  // its own definitions.
  explicit SchemaRules(const nlohmann::json& schema);
  ~SchemaRules();
  SchemaRules(SchemaRules&&) noexcept;
  SchemaRules& operator=(SchemaRules&&) noexcept;

  // The keyword broken deepest; of several there the first in the order above. nullopt: the value
  // keeps the schema.
  std::optional<BrokenKeyword> broken_by(const Json& value) const;

  struct Node;

 private:
  std::vector<std::unique_ptr<Node>> nodes_;
  const Node* root_ = nullptr;
};

}  // namespace wsconform
