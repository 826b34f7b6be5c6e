// A bare target over wslay's event API: what frame_stream's speed is held against. It reads the
// inputs of frame_stream, mutates them alike, and looks at nothing that comes of them.
#include "fuzz/frame_mutator.h"
#include "fuzz/frame_stream_property.h"
#include "fuzz/wslay_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const wsconform::FrameStream stream = wsconform::read_frame_stream({data, size});
  wsconform::read_by_wslay(stream.bytes, stream.receiver, stream.limits.max_message);
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned seed) {
  return wsconform::mutate_frames(data, size, max_size, seed, 2);
}
