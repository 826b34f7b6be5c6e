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

}  // namespace wsconform
