#include "runner/casebook/act_writer.h"

#include "core/close_payload.h"
#include "runner/casebook/edits_writer.h"
#include "runner/casebook/payload_writer.h"

namespace wsconform {
namespace {

// A Close whose code is a part of its own is written by code and reason.
bool has_code(const SendFrame& frame) {
  const auto& parts = frame.payload.parts();
  return frame.opcode == Opcode::close && !parts.empty() &&
         parts.front().kind == PayloadPart::Kind::repeated && parts.front().times == 1 &&
         parts.front().unit.size() == sizeof(std::uint16_t);
}

void write_payload(const SendFrame& frame, Json& step) {
  const auto& parts = frame.payload.parts();
  if (has_code(frame)) {
    step["code"] = *decode_close_payload(parts.front().unit).code;
    const Payload reason(std::vector<PayloadPart>(parts.begin() + 1, parts.end()));
    if (!reason.parts().empty()) step["reason"] = written(reason);
  } else if (!parts.empty()) {
    step["payload"] = written(frame.payload);
  }
}

int number_of_bits(LengthForm form) {
  switch (form) {
    case LengthForm::bits7:
      return 7;
    case LengthForm::bits16:
      return 16;
    case LengthForm::bits64:
      break;
  }
  return 64;
}

void write_header(const SendFrame& frame, Json& step) {
  if (!frame.fin) step["fin"] = false;
  if (frame.rsv != 0) step["rsv"] = frame.rsv;
  if (frame.masking.kind == Masking::Kind::none) step["mask"] = "none";
  if (frame.masking.kind == Masking::Kind::fixed) step["mask"] = to_hex(frame.masking.key);
  if (frame.length_form) step["length-form"] = number_of_bits(*frame.length_form);
  if (frame.declared_length) step["declared-length"] = *frame.declared_length;
}

Json written_form(const DeflateForm& form) {
  if (form == DeflateForm()) return true;
  constexpr int usual_level = 6;  // of a form that says something else
  Json made = Json::object();
  if (form.level != usual_level) made["level"] = form.level;
  if (form.codes == DeflateForm::Codes::fixed) made["codes"] = "fixed";
  if (form.codes == DeflateForm::Codes::huffman_only) made["codes"] = "huffman-only";
  if (form.block_size > 0) made["block"] = form.block_size;
  if (form.final) made["final"] = true;
  if (form.fresh) made["fresh"] = true;
  if (made.empty()) made["level"] = usual_level;
  return made;
}

Json act(const SendFrame& frame) {
  Json step = {{"send", name_of(frame.opcode)}};
  write_payload(frame, step);
  write_header(frame, step);
  if (frame.deflate) step["deflate"] = written_form(*frame.deflate);
  if (!frame.fragments.empty()) step["fragments"] = frame.fragments;
  if (frame.fragment_size > 0) step["fragment-size"] = frame.fragment_size;
  if (frame.times != 1) step["times"] = frame.times;
  if (!frame.heard_by.empty()) step["heard-by"] = frame.heard_by;
  write_cut(frame.cut, step);
  return step;
}

Json act(const SendBytes& bytes) {
  Json step = {{"send", "bytes"}, {"payload", written(bytes.payload)}};
  write_cut(bytes.cut, step);
  return step;
}

Json act(const SendRequest& request) {
  return {{"request", written(request)}};
}

Json act(const EndStream&) {
  return {{"end", "send"}};
}

Json act(const ResetStream&) {
  return {{"end", "reset"}};
}

Json act(const Reconnect& reconnect) {
  if (reconnect.plain) return {{"connect", "plain"}};
  return {{"connect", reconnect.handshake ? "again" : "bare"}};
}

Json act(const TurnTo& turn) {
  return {{"turn-to", turn.connection}};
}

}  // namespace

Json written(const Act& each) {
  return std::visit([](const auto& kind) { return act(kind); }, each);
}

}  // namespace wsconform
