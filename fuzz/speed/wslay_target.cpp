// A bare target over wslay's event API: what frame_stream's speed is held against. It reads the
// inputs of frame_stream at the same cuts, mutates them alike, and looks at nothing that comes of
// them.
#include <sys/types.h>
#include <wslay/wslay.h>

#include <algorithm>

#include "fuzz/cutting.h"
#include "fuzz/frame_mutator.h"
#include "fuzz/frame_stream_property.h"

namespace {

// Of the piece that came, a wsconform::ByteView, as much as is asked for.
ssize_t hand_in(wslay_event_context_ptr context, std::uint8_t* buffer, std::size_t size, int,
                void* piece) {
  auto& rest = *static_cast<wsconform::ByteView*>(piece);
  if (rest.empty()) {
    wslay_event_set_error(context, WSLAY_ERR_WOULDBLOCK);
    return -1;
  }
  const wsconform::ByteView taken = rest.first(std::min(size, rest.size()));
  std::ranges::copy(taken, buffer);
  rest = rest.subspan(taken.size());
  return static_cast<ssize_t>(taken.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const wsconform::FrameStream stream = wsconform::read_frame_stream({data, size});
  wsconform::ByteView piece;
  wslay_event_callbacks callbacks{};
  callbacks.recv_callback = hand_in;
  wslay_event_context_ptr context = nullptr;
  const auto init = stream.receiver == wsconform::Role::server ? wslay_event_context_server_init
                                                               : wslay_event_context_client_init;
  if (init(&context, &callbacks, &piece) != 0) return 0;
  wslay_event_config_set_max_recv_msg_length(context, stream.limits.max_message);
  if (stream.deflates) wslay_event_config_set_allowed_rsv_bits(context, WSLAY_RSV1_BIT);
  wsconform::LonePieces pieces(stream.bytes, stream.cut_choice);
  while (wslay_event_get_read_enabled(context) != 0) {
    piece = pieces.next();
    if (piece.empty() || wslay_event_recv(context) != 0) break;
  }
  wslay_event_context_free(context);
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned seed) {
  return wsconform::mutate_frames(data, size, max_size, seed, 2);
}
