#include "runner/input/schema_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace wsconform {

// One schema of those that a schema is made of, taken apart once.
struct SchemaRules::Node {
  std::vector<std::pair<const SchemaCheck*, nlohmann::json>> checks;
  std::vector<std::string> required;
  std::map<std::string, const Node*, std::less<>> properties;
  const Node* other_properties = nullptr;
  bool no_other_properties = false;
  const Node* items = nullptr;
  std::vector<const Node*> all_of;  // also what is referred to
  const Node* if_kept = nullptr;
  const Node* then_rules = nullptr;
  const Node* else_rules = nullptr;
};

namespace {

using Rule = nlohmann::json;
using Node = SchemaRules::Node;

constexpr std::string_view definitions = "#/definitions/";

[[noreturn]] void refuse(std::string_view keyword, std::string_view why) {
  throw std::invalid_argument(fmt::format("the schema's keyword \"{}\" {}", keyword, why));
}

// Throws std::invalid_argument, as the header says.
class Compiler {
 public:
  Compiler(const Rule& root, std::vector<std::unique_ptr<Node>>& nodes)
      : root_(root), nodes_(nodes) {}

  const Node* compiled(const Rule& schema) {
    Node& node = *nodes_.emplace_back(std::make_unique<Node>());
    fill(node, schema);
    return &node;
  }

 private:
  void fill(Node& node, const Rule& schema) {
    if (schema == true) return;
    if (!schema.is_object()) throw std::invalid_argument("the schema is no object");
    if (const auto reference = schema.find("$ref"); reference != schema.end()) {
      node.all_of.push_back(referred(*reference));  // what stands beside it counts for nothing
      return;
    }
    for (const auto& [keyword, rule] : schema.items())
      if (!put(node, keyword, rule)) refuse(keyword, "is not known");
  }

  bool put(Node& node, const std::string& keyword, const Rule& rule) {
    return put_check(node, keyword, rule) || put_schema(node, keyword, rule) ||
           put_members(node, keyword, rule) || is_remark(keyword);
  }

  static bool is_remark(std::string_view keyword) {
    return keyword == "$schema" || keyword == "title" || keyword == "description" ||
           keyword == "definitions";
  }

  static bool put_check(Node& node, std::string_view keyword, const Rule& rule) {
    if (keyword == "required") {
      node.required = rule.get<std::vector<std::string>>();
      return true;
    }
    const SchemaCheck* check = schema_check_named(keyword);
    if (check == nullptr) return false;
    const bool structured =
        rule.is_array() ? std::ranges::any_of(rule, &Rule::is_structured) : rule.is_structured();
    if (structured) refuse(keyword, "has more than scalars");
    node.checks.emplace_back(check, rule);
    return true;
  }

  bool put_schema(Node& node, std::string_view keyword, const Rule& rule) {
    const Node** to = keyword == "items"                  ? &node.items
                      : keyword == "additionalProperties" ? &node.other_properties
                      : keyword == "if"                   ? &node.if_kept
                      : keyword == "then"                 ? &node.then_rules
                      : keyword == "else"                 ? &node.else_rules
                                                          : nullptr;
    if (to == nullptr) return false;
    if (to == &node.other_properties && rule == false) {
      node.no_other_properties = true;
    } else {
      *to = compiled(rule);
    }
    return true;
  }

  bool put_members(Node& node, std::string_view keyword, const Rule& rule) {
    if (keyword == "allOf") {
      for (const Rule& each : rule) node.all_of.push_back(compiled(each));
    } else if (keyword == "properties") {
      for (const auto& [name, each] : rule.items()) node.properties[name] = compiled(each);
    } else {
      return false;
    }
    return true;
  }

  // Definitions may refer to each other in circles.
  const Node* referred(const Rule& reference) {
    const std::string& to = reference.get_ref<const std::string&>();
    if (!to.starts_with(definitions)) refuse("$ref", "leads out of the definitions");
    const std::string name = to.substr(definitions.size());
    if (const auto known = definitions_.find(name); known != definitions_.end())
      return known->second;
    Node& node = *nodes_.emplace_back(std::make_unique<Node>());
    definitions_[name] = &node;
    fill(node, root_.at("definitions").at(name));
    return &node;
  }

  const Rule& root_;
  std::vector<std::unique_ptr<Node>>& nodes_;
  std::map<std::string, const Node*> definitions_;
};

class Walk {
 public:
  std::optional<BrokenKeyword> deepest(const Node& rules, const Json& value) {
    walk(rules, value, {});
    return std::move(deepest_);
  }

 private:
  // Its pointer is written only where something is wrong.
  struct Place {
    const Place* around = nullptr;
    const std::string* member = nullptr;  // or else an element
    std::size_t element = 0;
    std::size_t depth = 0;

    std::string pointer() const {
      if (around == nullptr) return "";
      return member != nullptr ? pointer_to(around->pointer(), *member)
                               : pointer_to(around->pointer(), element);
    }
  };

  void walk(const Node& rules, const Json& value, const Place& place) {
    for (const auto& [check, rule] : rules.checks)
      if (!check->keeps(rule, value)) broken(place, check->keyword, "", rule);
    if (value.is_object()) walk_members(rules, value, place);
    if (rules.items != nullptr && value.is_array())
      for (std::size_t i = 0; i < value.size(); ++i)
        walk(*rules.items, value[i], {&place, nullptr, i, place.depth + 1});
    for (const Node* each : rules.all_of) walk(*each, value, place);
    if (rules.if_kept == nullptr) return;
    const bool kept = !Walk().deepest(*rules.if_kept, value);
    const Node* branch = kept ? rules.then_rules : rules.else_rules;
    if (branch != nullptr) walk(*branch, value, place);
  }

  void walk_members(const Node& rules, const Json& value, const Place& place) {
    for (const std::string& name : rules.required)
      if (!value.contains(name)) broken(place, SchemaKeyword::required, name);
    for (const auto& [name, member] : value.get_ref<const Json::object_t&>()) {
      const Place inside{&place, &name, 0, place.depth + 1};
      if (const auto known = rules.properties.find(name); known != rules.properties.end()) {
        walk(*known->second, member, inside);
      } else if (rules.no_other_properties) {
        broken(place, SchemaKeyword::additional_properties, name);
      } else if (rules.other_properties != nullptr) {
        walk(*rules.other_properties, member, inside);
      }
    }
  }

  void broken(const Place& place, SchemaKeyword keyword, const std::string& member = "",
              const Rule& rule = nullptr) {
    const auto order = [](std::size_t depth, SchemaKeyword which) {
      return std::pair(SIZE_MAX - depth, which);
    };
    if (!deepest_ || order(place.depth, keyword) < order(deepest_->depth, deepest_->keyword))
      deepest_ = {place.pointer(), place.depth, keyword, member, rule};
  }

  std::optional<BrokenKeyword> deepest_;
};

}  // namespace

SchemaRules::SchemaRules(const nlohmann::json& schema)
    : root_(Compiler(schema, nodes_).compiled(schema)) {}

SchemaRules::~SchemaRules() = default;
SchemaRules::SchemaRules(SchemaRules&&) noexcept = default;
SchemaRules& SchemaRules::operator=(SchemaRules&&) noexcept = default;

std::optional<BrokenKeyword> SchemaRules::broken_by(const Json& value) const {
  return Walk().deepest(*root_, value);
}

}  // namespace wsconform
