#include "runner/input/json_node.h"

#include <cassert>

namespace wsconform {

JsonNode JsonNode::operator[](const char* member) const {
  assert(has(member));
  return {value_->at(member), *reading_, pointer_to(pointer_, member)};
}

std::vector<JsonNode> JsonNode::elements() const {
  assert(value_->is_array());
  std::vector<JsonNode> nodes;
  nodes.reserve(value_->size());
  for (std::size_t i = 0; i < value_->size(); ++i)
    nodes.emplace_back((*value_)[i], *reading_, pointer_to(pointer_, i));
  return nodes;
}

std::vector<std::pair<std::string, JsonNode>> JsonNode::members() const {
  assert(value_->is_object());
  std::vector<std::pair<std::string, JsonNode>> nodes;
  for (const auto& [name, member] : value_->items())
    nodes.emplace_back(name, JsonNode(member, *reading_, pointer_to(pointer_, name)));
  return nodes;
}

std::string JsonNode::text() const {
  assert(value_->is_string());
  return value_->get<std::string>();
}

bool JsonNode::is(std::string_view text) const {
  return value_->is_string() && value_->get_ref<const std::string&>() == text;
}

std::string JsonNode::text_at(const char* member) const {
  return has(member) ? (*this)[member].text() : std::string();
}

std::vector<std::string> JsonNode::texts_at(const char* member) const {
  return has(member) ? value_->at(member).get<std::vector<std::string>>()
                     : std::vector<std::string>();
}

bool JsonNode::flag_at(const char* member, bool otherwise) const {
  return has(member) ? value_->at(member).get<bool>() : otherwise;
}

std::uint64_t JsonNode::count() const {
  if (!value_->is_number_unsigned()) fail("is negative");
  return value_->get<std::uint64_t>();
}

std::uint64_t JsonNode::count_at(const char* member, std::uint64_t otherwise) const {
  return has(member) ? (*this)[member].count() : otherwise;
}

}  // namespace wsconform
