// The frames of a send step as they go onto the wire (RFC 6455 §5.2), legal or not.
#pragma once

#include <functional>
#include <vector>

#include "core/bytes.h"
#include "core/deflate.h"
#include "core/frame.h"
#include "core/role.h"
#include "runner/casebook/act.h"

namespace wsconform {

struct WrittenFrame {
  FrameHeader header;
  Bytes payload;  // unmasked
  Bytes wire;
};

// One pass of the step (its `times` is the caller's): a frame, or the fragments of a message.
// `sender` masks by default when it is the client; `next_key` gives fresh masking keys. A step
// that asks for it is compressed by `deflater`, with RSV1 on its first frame; null:
// permessage-deflate is not agreed.
std::vector<WrittenFrame> write_frames(const SendFrame& step, Role sender,
                                       const std::function<MaskingKey()>& next_key,
                                       Deflater* deflater = nullptr);

// Where to cut `wire`, a concatenation of pieces of the given sizes.
std::vector<Bytes> cut_wire(Bytes wire, const std::vector<std::size_t>& frame_sizes,
                            const Cut& cut);

}  // namespace wsconform
