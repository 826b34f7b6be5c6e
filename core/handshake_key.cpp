#include "core/handshake_key.h"

#include <openssl/evp.h>

#include <array>
#include <cassert>

#include "core/base64.h"
#include "core/bytes.h"

namespace wsconform {
namespace {

constexpr std::string_view guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
constexpr std::size_t key_bytes = 16;

}  // namespace

std::string accept_for(std::string_view key) {
  const std::string text = std::string(key).append(guid);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  [[maybe_unused]] const int done =
      EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr);
  assert(done == 1);
  return base64_encode(text_of(ByteView(digest).first(size)));
}

bool is_key(std::string_view key) {
  if (key.size() != 24) return false;
  const auto bytes = base64_decode(key);
  return bytes && bytes->size() == key_bytes;
}

}  // namespace wsconform
