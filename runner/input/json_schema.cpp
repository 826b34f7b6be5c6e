#include "runner/input/json_schema.h"

#include <fmt/format.h>

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

std::string_view type_in_words(std::string_view type) {
  if (type == "object") return "an object";
  if (type == "array") return "a list";
  if (type == "string") return "a text in quotes";
  if (type == "integer") return "a whole number";
  if (type == "number") return "a number";
  return type == "boolean" ? "true or false" : "null";
}

std::string types_in_words(const nlohmann::json& rule) {
  if (rule.is_string()) return std::string(type_in_words(rule.get_ref<const std::string&>()));
  std::string words;
  for (const auto& each : rule)
    words += (words.empty() ? "" : " or ") +
             std::string(type_in_words(each.get_ref<const std::string&>()));
  return words;
}

// The first of them, where there are many.
std::string values_in_words(const nlohmann::json& rule) {
  constexpr std::size_t most = 300;
  std::string words;
  for (const auto& each : rule) {
    if (words.size() > most) return words + ", ...";
    words += (words.empty() ? "" : ", ") + each.dump();
  }
  return words;
}

std::string in_words(const BrokenKeyword& broken, const std::string& value) {
  switch (broken.keyword) {
    case SchemaKeyword::additional_properties:
      return "has an unknown member \"" + broken.member + '"';
    case SchemaKeyword::required:
      return "lacks the member \"" + broken.member + '"';
    case SchemaKeyword::type:
      return fmt::format("is {}, but has to be {}", value, types_in_words(broken.rule));
    case SchemaKeyword::enumeration:
      return fmt::format("is {}, but has to be one of {}", value, values_in_words(broken.rule));
    case SchemaKeyword::constant:
      return fmt::format("is {}, but has to be {}", value, broken.rule.dump());
    case SchemaKeyword::minimum:
      return fmt::format("is {}, but has to be at least {}", value, broken.rule.dump());
    case SchemaKeyword::maximum:
      return fmt::format("is {}, but has to be at most {}", value, broken.rule.dump());
    case SchemaKeyword::min_items:
      return fmt::format("has too few elements: the least is {}", broken.rule.dump());
    case SchemaKeyword::max_items:
      return fmt::format("has too many elements: the most is {}", broken.rule.dump());
    case SchemaKeyword::unique_items:
      return "has two equal elements";
    case SchemaKeyword::min_length:
      return "is empty or too short";
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
