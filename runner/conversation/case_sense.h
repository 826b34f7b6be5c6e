// Whether a case means anything: what it needs is known, what it awaits was asked for. Each rule
// tells what is wrong, or "".
#pragma once

#include <string>
#include <string_view>

#include "runner/input/json_source.h"

namespace wsconform {

struct Case;

// A need that no run finds out and no profile declares is met by nobody: the case would always be
// skipped. Names that begin with "x-" are a profile's own.
std::string fault_of_needs(const Case& made);
std::string fault_of_autobahn_ids(const Case& made);
// A Pong for which no Ping was sent; a text message in answer to a binary one, or the other way
// round. Of what is sent as bytes nothing is asked: it may be anything.
std::string fault_of_answers(const Case& made);
// A name of `each` in an entry that nothing in it uses: its variants are all the same. ""
// where there is none.
std::string unused_dimension(const Json& entry);

}  // namespace wsconform
