// What a test plants where nothing is to be wrong.
#pragma once

#include <utility>

#include "server-under-test/defect.h"

namespace wsconform::tested {

// Hooks at every seam that do nothing. An endpoint with it answers like one without: what is seen
// of it would be seen of every defect.
inline const Defect& no_defect() {
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

}  // namespace wsconform::tested
