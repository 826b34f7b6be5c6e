// A step of a case, from JSON that keeps case.schema.json.
// Each throws InputError where members contradict each other.
#pragma once

#include "runner/casebook/step.h"
#include "runner/input/json_node.h"

namespace wsconform {

SendFrame read_send_frame(const JsonNode& node);
SendBytes read_send_bytes(const JsonNode& node);
Act read_act(const JsonNode& node);
// Any step, expectations among them.
Step read_step(const JsonNode& node);

}  // namespace wsconform
