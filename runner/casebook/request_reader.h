// An opening handshake's request, and where writes are cut, from JSON that keeps case.schema.json.
// Each throws InputError where members contradict each other.
#pragma once

#include "runner/casebook/act.h"
#include "runner/input/json_node.h"

namespace wsconform {

// The object of { "request": {...} } or of "handshake".
SendRequest read_request(const JsonNode& node);
// The member "cut" of a step or of a request.
Cut read_cut(const JsonNode& step);

}  // namespace wsconform
