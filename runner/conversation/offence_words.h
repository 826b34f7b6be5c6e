// An offence in words, made from its value and read back nowhere.
#pragma once

#include <string>

#include "runner/conversation/offence.h"

namespace wsconform {

// Its two bytes are "HT": an HTTP response came where a frame should.
bool looks_like_http(const FrameHeader& header);

// A sentence without its period: "A text message came back as binary".
std::string words_for(const Offence& offence);

}  // namespace wsconform
