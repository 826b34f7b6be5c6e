#include "runner/input/json_schema.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "core/utf8.h"

namespace wsconform {
namespace {

std::string shown(const Json& value) {
  if (value.is_structured()) return value.is_array() ? "a list" : "an object";
  constexpr std::size_t enough = 60;
  const std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  return std::string(beginning_of(text, enough)) + (text.size() > enough ? "..." : "");
}

std::string in_words(const BrokenKeyword& broken, const std::string& value) {
  switch (broken.keyword) {
    case SchemaKeyword::additional_properties:
      return "has an unknown member \"" + broken.member + '"';
    case SchemaKeyword::required:
      return "lacks the member \"" + broken.member + '"';
    case SchemaKeyword::type:
      return "is " + value + ", which is of the wrong type";
    case SchemaKeyword::enumeration:
      return "is " + value + ", which is none of the values allowed here";
    case SchemaKeyword::constant:
      return "is " + value + ", which is not the value allowed here";
    case SchemaKeyword::minimum:
      return "is " + value + ", which is too small";
    case SchemaKeyword::maximum:
      return "is " + value + ", which is too large";
    case SchemaKeyword::min_items:
      return "has too few elements";
    case SchemaKeyword::max_items:
      return "has too many elements";
    case SchemaKeyword::unique_items:
      return "has two equal elements";
    case SchemaKeyword::min_length:
      return "is too short";
    case SchemaKeyword::min_properties:
      return "has too few members";
    case SchemaKeyword::max_properties:
      return "has too many members";
  }
  return "";
}

nlohmann::json schema_of(std::string_view text, std::string_view definition) {
  nlohmann::json document = nlohmann::json::parse(text);
  if (definition.empty()) return document;
  nlohmann::json one = nlohmann::json::object();
  one["definitions"] = std::move(document.at("definitions"));
  one["$ref"] = "#/definitions/" + std::string(definition);
  return one;
}

}  // namespace

JsonSchema::JsonSchema(std::string_view text, std::string_view definition)
    : rules_(schema_of(text, definition)) {}

std::optional<SchemaFault> JsonSchema::check(const Json& value) const {
  const auto broken = rules_.broken_by(value);
  if (!broken) return std::nullopt;
  const Json& there = value.at(Json::json_pointer(broken->pointer));
  return SchemaFault{broken->pointer, in_words(*broken, shown(there))};
}

}  // namespace wsconform
