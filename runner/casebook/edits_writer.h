// The edits of an opening handshake's request, and where writes are cut, as JSON of a case file:
// the inverse of request_reader. Only what differs from the normal request is said.
#pragma once

#include "runner/casebook/act.h"
#include "runner/input/json_source.h"

namespace wsconform {

// The object of { "request": {...} } or of "handshake". Names of fields are UTF-8, as a file has
// them, and hold no {placeholder} that the runner does not fill in.
Json written(const SendRequest& request);
// Adds the member "cut" to a step or a request, unless it goes out whole.
void write_cut(const Cut& cut, Json& step);

}  // namespace wsconform
