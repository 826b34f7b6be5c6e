#include "valijson.h"

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace wsconform {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

struct Valijson::Parsed {
  nlohmann::json document;
  valijson::Schema schema;
};

Valijson::Valijson(const std::string& schema) : parsed_(std::make_unique<Parsed>()) {
  parsed_->document = nlohmann::json::parse(schema);
  valijson::SchemaParser(valijson::SchemaParser::kDraft7)
      .populateSchema(Adapter(parsed_->document), parsed_->schema);
}

Valijson::~Valijson() = default;

bool Valijson::keeps(const std::string& document) const {
  const auto value = nlohmann::json::parse(document);
  const Adapter target(value);
  return valijson::Validator(valijson::Validator::kStrongTypes)
      .validate(parsed_->schema, target, nullptr);
}

}  // namespace wsconform
