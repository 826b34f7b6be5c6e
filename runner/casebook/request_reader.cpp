#include "runner/casebook/request_reader.h"

#include <algorithm>

#include "runner/casebook/payload_reader.h"

namespace wsconform {
namespace {

std::vector<FieldEdit> read_set(const JsonNode& node) {
  std::vector<FieldEdit> edits;
  for (const auto& [name, value] : node.members()) {
    FieldEdit& edit = edits.emplace_back(FieldEdit{name, {}});
    if (value.value().is_array()) {
      for (const JsonNode& line : value.elements()) edit.values.push_back(read_text(line));
    } else {
      edit.values.push_back(read_text(value));
    }
  }
  return edits;
}

std::vector<RawLine> read_raw_lines(const JsonNode& request, const char* member) {
  std::vector<RawLine> lines;
  if (!request.has(member)) return lines;
  for (const JsonNode& node : request[member].elements()) {
    if (!node.has("line")) {
      lines.push_back({read_text(node), 1});
      continue;
    }
    RawLine& line = lines.emplace_back(RawLine{read_text(node["line"]), node.count_at("times", 1)});
    constexpr std::uint64_t digits = 8;  // that {n} may grow to
    if ((line.line.size() + digits) > max_payload / line.times)
      node.fail("makes more than 256 MiB of lines");
  }
  return lines;
}

void read_text_into(const JsonNode& node, const char* member, std::string& text) {
  if (node.has(member)) text = read_text(node[member]);
}

void read_text_into(const JsonNode& node, const char* member, std::optional<std::string>& text) {
  if (node.has(member)) text = read_text(node[member]);
}

}  // namespace

Cut read_cut(const JsonNode& step) {
  if (!step.has("cut")) return {};
  const JsonNode node = step["cut"];
  if (node.is("bytes")) return {Cut::Kind::chunks, 1, {}};
  if (node.is("frames")) return {Cut::Kind::frames, 0, {}};
  if (node.value().is_number()) return {Cut::Kind::chunks, node.count(), {}};
  Cut cut{Cut::Kind::positions, 0, node.value().get<std::vector<std::uint64_t>>()};
  if (!std::ranges::is_sorted(cut.positions)) node.fail("is not in ascending order");
  return cut;
}

SendRequest read_request(const JsonNode& node) {
  SendRequest request;
  read_text_into(node, "bytes", request.bytes);
  read_text_into(node, "method", request.method);
  read_text_into(node, "target", request.target);
  read_text_into(node, "version", request.version);
  read_text_into(node, "line", request.line);
  if (node.has("set")) request.set = read_set(node["set"]);
  request.drop = node.texts_at("drop");
  if (node.has("spell"))
    for (const auto& [name, line] : node["spell"].members())
      request.spell.emplace_back(name, read_text(line));
  request.first = read_raw_lines(node, "first");
  request.append = read_raw_lines(node, "append");
  read_text_into(node, "line-end", request.line_end);
  request.finished = node.flag_at("finished", true);
  if (node.has("body")) request.body = read_payload(node["body"]);
  request.cut = read_cut(node);
  if (request.bytes)
    for (const auto& [name, member] : node.members())
      if (name != "bytes" && name != "body" && name != "cut")
        member.fail("has no effect beside \"bytes\"");
  return request;
}

}  // namespace wsconform
