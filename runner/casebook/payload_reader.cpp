#include "runner/casebook/payload_reader.h"

#include <array>
#include <iterator>

namespace wsconform {
namespace {

Bytes hex_of(const JsonNode& node) {
  auto bytes = from_hex(node.value().get_ref<const std::string&>());
  if (!bytes) node.fail("is not hex");
  return *std::move(bytes);
}

PayloadPart repeated(Bytes unit, std::uint64_t times) {
  return {PayloadPart::Kind::repeated, std::move(unit), times};
}

// The one member that says what kind of payload an object is.
std::string kind_of(const JsonNode& node) {
  constexpr std::array kinds = {"hex", "repeat", "repeat-hex", "random", "prose", "join"};
  std::string kind;
  for (const char* each : kinds) {
    if (!node.has(each)) continue;
    if (!kind.empty()) node.fail("has both \"" + kind + "\" and \"" + each + "\"");
    kind = each;
  }
  if (kind.empty()) node.fail("says nothing of its bytes");
  const bool repeats = kind.starts_with("repeat");
  if (repeats != node.has("times"))
    node.fail(repeats ? "lacks the member \"times\"" : "has \"times\" without \"repeat\"");
  return kind;
}

void read_parts(const JsonNode& node, std::vector<PayloadPart>& parts) {
  if (node.value().is_string()) {
    parts.push_back(repeated(to_bytes(node.value().get_ref<const std::string&>()), 1));
    return;
  }
  if (node.value().is_number()) {
    parts.push_back(repeated(to_bytes(node.value().dump()), 1));
    return;
  }
  const std::string kind = kind_of(node);
  if (kind == "hex") {
    parts.push_back(repeated(hex_of(node["hex"]), 1));
  } else if (kind == "repeat") {
    parts.push_back(repeated(to_bytes(node["repeat"].text()), node["times"].count()));
  } else if (kind == "repeat-hex") {
    parts.push_back(repeated(hex_of(node["repeat-hex"]), node["times"].count()));
  } else if (kind == "random") {
    parts.push_back({PayloadPart::Kind::random, {}, node["random"].count()});
  } else if (kind == "prose") {
    parts.push_back({PayloadPart::Kind::prose, {}, node["prose"].count()});
  } else {
    for (const JsonNode& inner : node["join"].elements()) read_parts(inner, parts);
  }
}

void check_size(const JsonNode& node, const std::vector<PayloadPart>& parts) {
  std::uint64_t left = max_payload;
  for (const PayloadPart& part : parts) {
    const std::uint64_t unit = part.kind == PayloadPart::Kind::repeated ? part.unit.size() : 1;
    if (unit > 0 && part.times > left / unit) node.fail("is a payload of more than 256 MiB");
    left -= unit * part.times;
  }
}

}  // namespace

Payload read_payload(const JsonNode& node) {
  std::vector<PayloadPart> parts;
  read_parts(node, parts);
  check_size(node, parts);
  std::erase_if(parts, [](const PayloadPart& part) {
    return part.times == 0 || (part.kind == PayloadPart::Kind::repeated && part.unit.empty());
  });
  return Payload(std::move(parts));
}

std::string read_text(const JsonNode& node) {
  const Payload payload = read_payload(node);
  std::size_t& left = node.reading().text_left;
  if (payload.size() > left) node.fail("makes the texts of this file too large");
  left -= payload.size();
  const Bytes bytes = payload.build();
  return std::string(text_of(bytes));
}

}  // namespace wsconform
