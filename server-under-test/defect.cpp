#include "server-under-test/defect.h"

#include "core/close_payload.h"
#include "core/frame_encoder.h"

namespace wsconform {

void Scene::write(const Frame& frame) {
  append(wire, encode(frame));
}

void Scene::fail(std::uint16_t code) {
  Bytes payload = encode_close_payload(code);
  const FrameHeader header = header_for(Opcode::close, payload.size());
  write(Frame{header, std::move(payload)});
  ends = true;
}

const Defect& no_defect() {
  static const Defect none{.id = "none",
                           .says = "Does nothing wrong.",
                           .read = [](Scene&, Bytes&) {},
                           .request = [](Scene&, HttpHead&) { return false; },
                           .answer = [](Scene&, Answer&) {},
                           .header = [](Scene&, FrameHeader&) {},
                           .piece = [](Scene&, std::span<std::uint8_t>, std::uint64_t) {},
                           .parted = [](Scene&, const Parted&) {},
                           .incoming = [](Scene&, Frame frame) { return Frames{std::move(frame)}; },
                           .outgoing = [](Scene&, Frame frame) { return Frames{std::move(frame)}; },
                           .serves_after_refusal = [](const Scene&) { return false; }};
  return none;
}

}  // namespace wsconform
