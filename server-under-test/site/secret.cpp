#include "server-under-test/site/secret.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <array>

namespace wsconform {
namespace {

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

Digest digest_of(std::string_view text) {
  Digest digest{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return digest;
}

}  // namespace

bool same_secret(std::string_view sent, std::string_view known) {
  const Digest a = digest_of(sent);
  const Digest b = digest_of(known);
  return CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace wsconform
