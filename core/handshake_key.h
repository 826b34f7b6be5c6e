// Sec-WebSocket-Key and Sec-WebSocket-Accept (RFC 6455 §4.2.2 step 5.4, §11.3.1, §11.3.3).
#pragma once

#include <string>
#include <string_view>

namespace wsconform {

// Sec-WebSocket-Accept for a key, whatever the key holds (§4.2.2 step 5.4):
// base64(SHA-1(key + GUID)).
std::string accept_for(std::string_view key);
// Base64 of 16 bytes, padding included. Pad bits that are not zero are accepted: a decoder may
// (RFC 4648 §3.5).
bool is_key(std::string_view key);
}  // namespace wsconform
