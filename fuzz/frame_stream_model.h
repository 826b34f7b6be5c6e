// The receiving half of an endpoint written a second time, for comparison: plainly, for a stream
// that is there as a whole, with copies of everything, and with zlib alone (RFC 6455 §5, §7,
// RFC 7692 §7.2). It shares the page of rules with Connection and nothing else.
#pragma once

#include <functional>

#include "core/connection.h"

namespace wsconform {

struct ModelledEndpoint {
  Role role = Role::server;
  Limits limits{};
  bool deflates = false;  // permessage-deflate is agreed, with the largest windows
  bool takes_over = true;
  MaskingKey key{};  // with which a client masks each frame
};

// What an endpoint that is open tells, from OPEN to Closed, and what it writes (appended to
// `output`), for `stream` and its end. It answers Pings and sends nothing else.
void model_frame_stream(ByteView stream, const ModelledEndpoint& endpoint,
                        const std::function<void(const Event&)>& tell, Bytes& output);

}  // namespace wsconform
