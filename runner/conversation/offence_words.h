// An offence in words, made from its value and read back nowhere.
#pragma once

#include <string>

#include "runner/conversation/offence.h"

namespace wsconform {

// A sentence without its period: "A text message came back as binary".
std::string words_for(const Offence& offence);

}  // namespace wsconform
