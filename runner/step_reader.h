// What we do in a case: sends, ends, connects and requests, from JSON that keeps case.schema.json.
// Each throws InputError where members contradict each other.
#pragma once

#include "runner/case.h"
#include "runner/case_node.h"

namespace wsconform {

SendFrame read_send_frame(const CaseNode& node);
SendBytes read_send_bytes(const CaseNode& node);
// The object of { "request": {...} } or of "handshake".
SendRequest read_request(const CaseNode& node);
// Any step, expectations among them.
Step read_step(const CaseNode& node);

}  // namespace wsconform
