#include "runner/step_reader.h"

#include <algorithm>

#include "core/close_payload.h"
#include "runner/expectation_reader.h"
#include "runner/payload_reader.h"

namespace wsconform {
namespace {

Cut read_cut(const CaseNode& step) {
  if (!step.has("cut")) return {};
  const CaseNode node = step["cut"];
  if (node.is("bytes")) return {Cut::Kind::chunks, 1, {}};
  if (node.is("frames")) return {Cut::Kind::frames, 0, {}};
  if (node.value().is_number()) return {Cut::Kind::chunks, node.count(), {}};
  Cut cut{Cut::Kind::positions, 0, node.value().get<std::vector<std::uint64_t>>()};
  if (!std::ranges::is_sorted(cut.positions)) node.fail("is not in ascending order");
  return cut;
}

Masking read_masking(const CaseNode& node) {
  if (node.is("none")) return {Masking::Kind::none, {}};
  const auto key = from_hex(node.value().get_ref<const std::string&>());
  Masking masking{Masking::Kind::fixed, {}};
  if (!key || key->size() != masking.key.size())
    node.fail("is neither \"none\" nor a key of eight hex digits");
  std::ranges::copy(*key, masking.key.begin());
  return masking;
}

LengthForm read_length_form(const CaseNode& node) {
  switch (node.count()) {
    case 7:
      return LengthForm::bits7;
    case 16:
      return LengthForm::bits16;
    default:
      return LengthForm::bits64;
  }
}

Payload read_close_payload(const CaseNode& node) {
  if (node.has("payload")) node["payload"].fail("stands beside \"code\"");
  const auto code = static_cast<std::uint16_t>(node["code"].count());
  std::vector<PayloadPart> parts = {{PayloadPart::Kind::repeated, encode_close_payload(code), 1}};
  if (node.has("reason")) {
    const Payload reason = read_payload(node["reason"]);
    parts.insert(parts.end(), reason.parts().begin(), reason.parts().end());
  }
  return Payload(std::move(parts));
}

Payload read_frame_payload(const CaseNode& node, Opcode opcode) {
  if (node.has("code")) {
    if (opcode != Opcode::close) node["code"].fail("is only for a Close");
    return read_close_payload(node);
  }
  if (node.has("reason")) node["reason"].fail("stands without \"code\"");
  return node.has("payload") ? read_payload(node["payload"]) : Payload();
}

DeflateForm read_deflate(const CaseNode& node) {
  DeflateForm form;
  if (node.value().is_boolean()) return form;
  form.level = static_cast<int>(node.count_at("level", 6));
  if (node.has("codes"))
    form.codes =
        node["codes"].is("fixed") ? DeflateForm::Codes::fixed : DeflateForm::Codes::huffman_only;
  form.block_size = node.count_at("block", 0);
  form.final = node.flag_at("final", false);
  form.fresh = node.flag_at("fresh", false);
  return form;
}

void read_fragments(const CaseNode& node, SendFrame& frame) {
  if (node.has("fragments")) {
    const CaseNode list = node["fragments"];
    if (node.has("fragment-size")) list.fail("stands beside \"fragment-size\"");
    // How many bytes a compressed message has is not known before it is sent.
    std::uint64_t left = frame.deflate ? UINT64_MAX : frame.payload.size();
    for (const CaseNode& size : list.elements()) {
      if (size.count() > left) list.fail("takes more bytes than the payload has");
      left -= size.count();
      frame.fragments.push_back(size.count());
    }
  }
  frame.fragment_size = node.count_at("fragment-size", 0);
  constexpr std::uint64_t max_fragments = 1'000'000;
  if (frame.fragment_size > 0 && frame.payload.size() / frame.fragment_size > max_fragments)
    node["fragment-size"].fail("makes too many fragments");
}

std::vector<FieldEdit> read_set(const CaseNode& node) {
  std::vector<FieldEdit> edits;
  for (const auto& [name, value] : node.members()) {
    FieldEdit& edit = edits.emplace_back(FieldEdit{name, {}});
    if (value.value().is_array()) {
      for (const CaseNode& line : value.elements()) edit.values.push_back(read_text(line));
    } else {
      edit.values.push_back(read_text(value));
    }
  }
  return edits;
}

std::vector<RawLine> read_raw_lines(const CaseNode& request, const char* member) {
  std::vector<RawLine> lines;
  if (!request.has(member)) return lines;
  for (const CaseNode& node : request[member].elements()) {
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

void read_text_into(const CaseNode& node, const char* member, std::string& text) {
  if (node.has(member)) text = read_text(node[member]);
}

void read_text_into(const CaseNode& node, const char* member, std::optional<std::string>& text) {
  if (node.has(member)) text = read_text(node[member]);
}

}  // namespace

SendFrame read_send_frame(const CaseNode& node) {
  SendFrame frame;
  const auto opcode = opcode_named(node["send"].text());
  if (!opcode) node["send"].fail("names no opcode");
  frame.opcode = *opcode;
  frame.fin = node.flag_at("fin", true);
  frame.rsv = static_cast<std::uint8_t>(node.count_at("rsv", 0));
  if (node.has("mask")) frame.masking = read_masking(node["mask"]);
  if (node.has("length-form")) frame.length_form = read_length_form(node["length-form"]);
  if (node.has("declared-length")) frame.declared_length = node["declared-length"].count();
  frame.payload = read_frame_payload(node, frame.opcode);
  if (node.has("deflate")) {
    if (frame.opcode != Opcode::text && frame.opcode != Opcode::binary)
      node["deflate"].fail("is only for a text or binary message");
    if (node["deflate"].value() != false) frame.deflate = read_deflate(node["deflate"]);
  }
  read_fragments(node, frame);
  frame.times = node.count_at("times", 1);
  constexpr std::uint64_t max_sent = 4 * max_payload;
  if (frame.payload.size() > max_sent / frame.times) node["times"].fail("sends more than 1 GiB");
  frame.cut = read_cut(node);
  return frame;
}

SendBytes read_send_bytes(const CaseNode& node) {
  return {read_payload(node["payload"]), read_cut(node)};
}

SendRequest read_request(const CaseNode& node) {
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

Step read_step(const CaseNode& node) {
  if (node.has("send")) {
    if (node["send"].is("bytes")) return read_send_bytes(node);
    return read_send_frame(node);
  }
  if (node.has("request")) return read_request(node["request"]);
  if (node.has("connect"))
    return Reconnect{node["connect"].is("again"), node["connect"].is("plain")};
  if (node.has("expect") || node.has("endings")) return read_expectation(node);
  if (node["end"].is("send")) return EndStream{};
  return ResetStream{};
}

}  // namespace wsconform
