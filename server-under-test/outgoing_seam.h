// What a defect does to the bytes on their way from the endpoint to the wire: the
// answer, then frames.
#pragma once

#include "core/bytes.h"
#include "core/frame_decoder.h"
#include "server-under-test/defect.h"

namespace wsconform {

class OutgoingSeam {
 public:
  // The defect outlives it.
  explicit OutgoingSeam(const Defect& defect) : defect_(&defect) {}

  // Appends to the wire of the scene what the defect makes of `bytes`: the whole answer, or
  // whole frames.
  void pass(ByteView bytes, Scene& scene);

 private:
  // Gives back the bytes behind the answer.
  ByteView pass_answer(ByteView bytes, Scene& scene);

  const Defect* defect_ = nullptr;
  FrameDecoder frames_;
};

}  // namespace wsconform
