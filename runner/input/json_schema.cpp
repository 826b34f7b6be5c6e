#include "runner/input/json_schema.h"

#include <utility>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "core/utf8.h"
#include "runner/input/schema_fault.h"

namespace wsconform {
namespace {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

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

// The validator knows only objects that sort their members.
nlohmann::json sorted(const Json& value) {
  if (value.is_object()) {
    nlohmann::json object = nlohmann::json::object();
    for (const auto& [name, member] : value.items()) object[name] = sorted(member);
    return object;
  }
  if (value.is_array()) {
    nlohmann::json array = nlohmann::json::array();
    for (const Json& element : value) array.push_back(sorted(element));
    return array;
  }
  if (value.is_string()) return value.get_ref<const std::string&>();
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_number_float()) return value.get<double>();
  if (value.is_number_unsigned()) return value.get<std::uint64_t>();
  if (value.is_number_integer()) return value.get<std::int64_t>();
  return nullptr;
}

}  // namespace

struct JsonSchema::Parsed {
  nlohmann::json document;
  valijson::Schema schema;
};

JsonSchema::JsonSchema(std::string_view text, std::string_view definition)
    : parsed_(std::make_unique<Parsed>()) {
  nlohmann::json& document = parsed_->document;
  document = nlohmann::json::parse(text);
  if (!definition.empty()) {
    nlohmann::json one = nlohmann::json::object();
    one["definitions"] = document.at("definitions");
    one["allOf"].push_back(nlohmann::json::object());
    one["allOf"][0]["$ref"] = "#/definitions/" + std::string(definition);
    document = std::move(one);
  }
  valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
  parser.populateSchema(Adapter(document), parsed_->schema);
}

JsonSchema::~JsonSchema() = default;
JsonSchema::JsonSchema(JsonSchema&&) noexcept = default;
JsonSchema& JsonSchema::operator=(JsonSchema&&) noexcept = default;

std::optional<SchemaFault> JsonSchema::check(const Json& value) const {
  const nlohmann::json plain = sorted(value);
  const Adapter target(plain);
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  if (validator.validate(parsed_->schema, target, nullptr)) return std::nullopt;
  const auto broken = broken_keyword(parsed_->document, plain);
  if (!broken) return SchemaFault{"", "does not keep the schema"};
  const Json& there = value.at(Json::json_pointer(broken->pointer));
  return SchemaFault{broken->pointer, in_words(*broken, shown(there))};
}

}  // namespace wsconform
