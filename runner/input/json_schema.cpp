#include "runner/input/json_schema.h"

#include <array>
#include <utility>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace wsconform {
namespace {

using Adapter = valijson::adapters::NlohmannJsonAdapter;
using Fault = valijson::ValidationResults::Error;

// The context of a fault is "<root>", "[member]", "[3]" ...
std::string pointer_of(const Fault& fault) {
  std::string pointer;
  for (std::size_t i = 1; i < fault.context.size(); ++i) {
    const std::string_view part = fault.context[i];
    pointer = pointer_to(pointer, part.substr(1, part.size() - 2));
  }
  return pointer;
}

std::string_view between_quotes(std::string_view text) {
  const auto first = text.find('\'');
  const auto open = text.find('\'', text.rfind(": '") != text.npos ? text.rfind(": '") : first);
  const auto close = text.rfind('\'');
  return close > open ? text.substr(open + 1, close - open - 1) : text;
}

std::string shown(const Json& value) {
  if (value.is_structured()) return value.is_array() ? "a list" : "an object";
  constexpr std::size_t enough = 60;
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > enough) text = text.substr(0, enough) + "...";
  return text;
}

// What the validator says, most telling first, and what we say instead: {v} is the value, {m} a member.
struct Wording {
  std::string_view begins;
  std::string_view says;
};
constexpr std::array wordings = {
    Wording{"Object contains a property", "has an unknown member \"{m}\""},
    Wording{"Missing required", "lacks the member \"{m}\""},
    Wording{"Value type not permitted", "is {v}, which is of the wrong type"},
    Wording{"Failed to match against any enum", "is {v}, which is none of the values allowed here"},
    Wording{"Failed to match expected value", "is {v}, which is not the value allowed here"},
    Wording{"Expected number greater", "is {v}, which is too small"},
    Wording{"Expected number less", "is {v}, which is too large"},
    Wording{"Array should contain no fewer", "has too few elements"},
    Wording{"Array should contain no more", "has too many elements"},
    Wording{"Elements at indexes", "has two equal elements"},
    Wording{"String should be no fewer", "is too short"},
    Wording{"Object should have no fewer", "has too few members"},
    Wording{"", "does not keep the schema"},
};

std::size_t rank_of(const Fault& fault) {
  std::size_t rank = 0;
  while (!fault.description.starts_with(wordings[rank].begins)) ++rank;
  return rank;
}

void put(std::string& text, std::string_view placeholder, std::string_view value) {
  if (const auto at = text.find(placeholder); at != text.npos)
    text.replace(at, placeholder.size(), value);
}

SchemaFault in_words(const Fault& fault, const Json& value) {
  SchemaFault told{pointer_of(fault), std::string(wordings[rank_of(fault)].says)};
  put(told.message, "{m}", between_quotes(fault.description));
  put(told.message, "{v}", shown(value.at(Json::json_pointer(told.pointer))));
  return told;
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
  valijson::Schema schema;
};

JsonSchema::JsonSchema(std::string_view text, std::string_view definition)
    : parsed_(std::make_unique<Parsed>()) {
  nlohmann::json document = nlohmann::json::parse(text);
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
  valijson::ValidationResults faults;
  validator.validate(parsed_->schema, target, &faults);
  const Fault* best = nullptr;
  std::pair<std::size_t, std::size_t> best_rank;
  for (const Fault& fault : faults) {
    const std::pair rank(SIZE_MAX - fault.context.size(), rank_of(fault));
    if (best == nullptr || rank < best_rank) {
      best = &fault;
      best_rank = rank;
    }
  }
  if (best == nullptr) return SchemaFault{"", "does not keep the schema"};
  return in_words(*best, value);
}

}  // namespace wsconform
