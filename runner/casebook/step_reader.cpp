#include "runner/casebook/step_reader.h"

#include <algorithm>

#include "core/close_payload.h"
#include "runner/casebook/expectation_reader.h"
#include "runner/casebook/payload_reader.h"
#include "runner/casebook/request_reader.h"

namespace wsconform {
namespace {

Masking read_masking(const JsonNode& node) {
  if (node.is("none")) return {Masking::Kind::none, {}};
  const auto key = from_hex(node.value().get_ref<const std::string&>());
  Masking masking{Masking::Kind::fixed, {}};
  if (!key || key->size() != masking.key.size())
    node.fail("is neither \"none\" nor a key of eight hex digits");
  std::ranges::copy(*key, masking.key.begin());
  return masking;
}

LengthForm read_length_form(const JsonNode& node) {
  switch (node.count()) {
    case 7:
      return LengthForm::bits7;
    case 16:
      return LengthForm::bits16;
    default:
      return LengthForm::bits64;
  }
}

Payload read_close_payload(const JsonNode& node) {
  if (node.has("payload")) node["payload"].fail("stands beside \"code\"");
  const auto code = static_cast<std::uint16_t>(node["code"].count());
  std::vector<PayloadPart> parts = {{PayloadPart::Kind::repeated, encode_close_payload(code), 1}};
  if (node.has("reason")) {
    const Payload reason = read_payload(node["reason"]);
    parts.insert(parts.end(), reason.parts().begin(), reason.parts().end());
  }
  return Payload(std::move(parts));
}

Payload read_frame_payload(const JsonNode& node, Opcode opcode) {
  if (node.has("code")) {
    if (opcode != Opcode::close) node["code"].fail("is only for a Close");
    return read_close_payload(node);
  }
  if (node.has("reason")) node["reason"].fail("stands without \"code\"");
  return node.has("payload") ? read_payload(node["payload"]) : Payload();
}

DeflateForm read_deflate(const JsonNode& node) {
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

void read_fragments(const JsonNode& node, SendFrame& frame) {
  if (node.has("fragments")) {
    const JsonNode list = node["fragments"];
    if (node.has("fragment-size")) list.fail("stands beside \"fragment-size\"");
    // How many bytes a compressed message has is not known before it is sent.
    std::uint64_t left = frame.deflate ? UINT64_MAX : frame.payload.size();
    for (const JsonNode& size : list.elements()) {
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

}  // namespace

SendFrame read_send_frame(const JsonNode& node) {
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
  if (node.has("heard-by")) {
    if (is_control(frame.opcode)) node["heard-by"].fail("is only for a message");
    for (const JsonNode& each : node["heard-by"].elements()) frame.heard_by.push_back(each.count());
  }
  frame.cut = read_cut(node);
  return frame;
}

SendBytes read_send_bytes(const JsonNode& node) {
  return {read_payload(node["payload"]), read_cut(node)};
}

Act read_act(const JsonNode& node) {
  if (node.has("send")) {
    if (node["send"].is("bytes")) return read_send_bytes(node);
    return read_send_frame(node);
  }
  if (node.has("request")) return read_request(node["request"]);
  if (node.has("connect"))
    return Reconnect{node["connect"].is("again"), node["connect"].is("plain")};
  if (node.has("turn-to")) return TurnTo{node["turn-to"].count()};
  if (node["end"].is("send")) return EndStream{};
  return ResetStream{};
}

Step read_step(const JsonNode& node) {
  if (node.has("expect") || node.has("endings")) return read_expectation(node);
  return read_act(node);
}

}  // namespace wsconform
