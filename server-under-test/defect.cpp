#include "server-under-test/defect.h"

#include <algorithm>
#include <iterator>

#include "core/close_payload.h"
#include "core/frame_encoder.h"
#include "server-under-test/defects.h"

namespace wsconform {
namespace {

std::vector<Defect> all_defects() {
  std::vector<Defect> all;
  for (const auto theme :
       {ignored_rules, wrong_close_codes, request_defects, strictness_defects, answer_defects,
        refusal_defects, access_defects, reading_defects, writing_defects, echo_defects,
        fragmentation_defects, utf8_defects, deflate_agreement_defects, deflate_data_defects,
        control_defects, closing_defects}) {
    std::vector<Defect> rows = theme();
    std::ranges::move(rows, std::back_inserter(all));
  }
  return all;
}

}  // namespace

void Scene::write(const Frame& frame) {
  append(wire, encode(frame));
}

void Scene::fail(std::uint16_t code) {
  Bytes payload = encode_close_payload(code);
  const FrameHeader header = header_for(Opcode::close, payload.size());
  write(Frame{header, std::move(payload)});
  ends = true;
}

std::span<const Defect> defects() {
  static const std::vector<Defect> all = all_defects();
  return all;
}

const Defect* defect_named(std::string_view id) {
  const auto all = defects();
  const auto found = std::ranges::find(all, id, &Defect::id);
  return found == all.end() ? nullptr : &*found;
}

const Defect& no_defect() {
  static const Defect none{.id = "none",
                           .says = "Does nothing wrong.",
                           .read = [](Scene&, Bytes&) {},
                           .request = [](Scene&, HttpHead&) { return false; },
                           .answer = [](Scene&, Answer&) {},
                           .header = [](Scene&, FrameHeader&) {},
                           .piece = [](Scene&, std::span<std::uint8_t>, std::uint64_t) {},
                           .incoming = [](Scene&, Frame frame) { return Frames{std::move(frame)}; },
                           .outgoing = [](Scene&, Frame frame) { return Frames{std::move(frame)}; },
                           .serves_after_refusal = [](const Scene&) { return false; }};
  return none;
}

}  // namespace wsconform
