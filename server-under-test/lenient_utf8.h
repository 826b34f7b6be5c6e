// UTF-8 as careless decoders take it: the shapes of RFC 3629 with single rules left out.
#pragma once

#include "core/bytes.h"

namespace wsconform {

struct Utf8Leniency {
  bool surrogates = false;  // U+D800 to U+DFFF
  bool overlong2 = false;   // two bytes where one does
  bool overlong3 = false;
  bool overlong4 = false;
  bool above_10ffff = false;  // U+110000 and more, in four bytes
  bool five_or_six_bytes = false;
  bool lone_continuation = false;  // 0x80 to 0xBF where a character begins
  bool bytes_fe_ff = false;        // 0xFE and 0xFF
  bool unfinished_end = false;     // the text ends inside a character
  bool any_continuation = false;   // whatever follows a leading byte
};

bool is_lenient_utf8(ByteView text, const Utf8Leniency& leniency);

}  // namespace wsconform
