// What a conversation asks of its driver, by what it means: a driver of TCP makes sockets
// and segments of it, one in memory calls. They are carried out in order, each once the one
// before it is done.
#pragma once

#include <cstddef>
#include <variant>

#include "core/bytes.h"

namespace wsconform {

// Opens a connection to the target. The one before it stays as it is, unread.
struct OpenConnection {
  bool plain = false;         // without TLS, though the target has it
  bool ends_earlier = false;  // ends the one before it first
};
// The same where the target is a client: waits for the connection that it opens.
struct AwaitConnection {
  bool ends_earlier = false;
};
// Goes on with an earlier connection, which has this number: the first has 0. What it says is heard
// again, with what it said meanwhile.
struct TakeUp {
  std::size_t number = 0;
};
struct Write {
  Bytes bytes;         // a write of its own: a cut in the stream follows
  bool apart = false;  // goes out once the target has read what was written before
};
struct EndSending {};       // ends our direction; over TCP: FIN
struct AbortConnection {};  // over TCP: RST

using Action =
    std::variant<OpenConnection, AwaitConnection, TakeUp, Write, EndSending, AbortConnection>;

}  // namespace wsconform
