// A JSON Schema (draft-07), and what is wrong with a value that does not keep it, told
// in a few words.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runner/input/json_source.h"
#include "runner/input/schema_rules.h"

namespace wsconform {

struct SchemaFault {
  std::string pointer;  // into the value
  std::string message;  // "has an unknown member \"x\""
};

class JsonSchema {
 public:
  // `definition` names the one to use of the schema's definitions; "" is the schema itself. The
  // schema is our own: a wrong one throws std::exception.
  explicit JsonSchema(std::string_view text, std::string_view definition = "");

  // The fault that lies deepest, which is the one its author wants to hear of.
  std::optional<SchemaFault> check(const Json& value) const;

 private:
  SchemaRules rules_;
};

}  // namespace wsconform
