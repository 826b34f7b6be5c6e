#include "server-under-test/site/password_hash.h"

#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <array>
#include <charconv>
#include <memory>
#include <optional>
#include <stdexcept>

#include "core/base64.h"

namespace wsconform {
namespace {

constexpr std::size_t hash_size = 32;                          // bytes
constexpr std::uint64_t most_memory = std::uint64_t{1} << 28;  // bytes
constexpr std::string_view prefix = "$scrypt$";

std::uint64_t memory_of(const ScryptCost& cost) {
  return std::uint64_t{128} * cost.r << cost.log_n;
}

std::string scrypt(std::string_view password, const ScryptCost& cost, std::string_view salt,
                   std::size_t size) {
  using Kdf = std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)>;
  using Context = std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)>;
  const Kdf kdf(EVP_KDF_fetch(nullptr, "SCRYPT", nullptr), EVP_KDF_free);
  const Context context(EVP_KDF_CTX_new(kdf.get()), EVP_KDF_CTX_free);
  std::uint64_t n = std::uint64_t{1} << cost.log_n;
  std::uint32_t r = cost.r;
  std::uint32_t p = cost.p;
  std::uint64_t most = 2 * most_memory;
  const auto octets = [](const char* key, std::string_view bytes) {
    return OSSL_PARAM_construct_octet_string(key, const_cast<char*>(bytes.data()), bytes.size());
  };
  const std::array parameters = {octets(OSSL_KDF_PARAM_PASSWORD, password),
                                 octets(OSSL_KDF_PARAM_SALT, salt),
                                 OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
                                 OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
                                 OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
                                 OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &most),
                                 OSSL_PARAM_construct_end()};
  std::string derived(size, '\0');
  if (context == nullptr ||
      EVP_KDF_derive(context.get(), reinterpret_cast<unsigned char*>(derived.data()),
                     derived.size(), parameters.data()) != 1)
    throw std::runtime_error("a password cannot be hashed: there is not the memory for scrypt");
  return derived;
}

// "ln=15," gives 15 and is taken from the front of the text.
std::optional<unsigned> take_number(std::string_view& text, std::string_view name) {
  if (!text.starts_with(name)) return std::nullopt;
  unsigned number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, failed] = std::from_chars(text.data() + name.size(), end, number);
  if (failed != std::errc()) return std::nullopt;
  text = std::string_view(stop, end);
  return number;
}

std::optional<ScryptCost> parse_cost(std::string_view text) {
  const auto log_n = take_number(text, "ln=");
  const auto r = take_number(text, ",r=");
  const auto p = take_number(text, ",p=");
  if (!log_n || !r || !p || !text.empty()) return std::nullopt;
  return ScryptCost{*log_n, *r, *p};
}

bool is_affordable(const ScryptCost& cost) {
  return cost.log_n >= 1 && cost.log_n <= 20 && cost.r >= 1 && cost.r <= 64 && cost.p >= 1 &&
         cost.p <= 16 && memory_of(cost) <= most_memory;
}

}  // namespace

PasswordHash hash_password(std::string_view password, const ScryptCost& cost,
                           std::string_view salt) {
  return {cost, std::string(salt), scrypt(password, cost, salt, hash_size)};
}

bool is_password(std::string_view password, const PasswordHash& known) {
  const std::string hash = scrypt(password, known.cost, known.salt, known.hash.size());
  return CRYPTO_memcmp(hash.data(), known.hash.data(), hash.size()) == 0;
}

std::string text_of(const PasswordHash& hash) {
  return fmt::format("{}ln={},r={},p={}${}${}", prefix, hash.cost.log_n, hash.cost.r, hash.cost.p,
                     base64_encode(hash.salt), base64_encode(hash.hash));
}

std::expected<PasswordHash, std::string> parse_password_hash(std::string_view text) {
  if (!text.starts_with(prefix))
    return std::unexpected("has a hash that is not scrypt's: it begins with $scrypt$");
  const std::string_view rest = text.substr(prefix.size());
  const std::size_t salt_at = rest.find('$');
  const std::size_t hash_at = salt_at == rest.npos ? rest.npos : rest.find('$', salt_at + 1);
  if (hash_at == rest.npos) return std::unexpected("is not of the form $scrypt$COST$SALT$HASH");
  const auto cost = parse_cost(rest.substr(0, salt_at));
  if (!cost) return std::unexpected("has a cost that is not of the form ln=15,r=8,p=1");
  if (!is_affordable(*cost))
    return std::unexpected("has a cost that is zero, or that takes more than 256 MiB");
  const auto salt = base64_decode(rest.substr(salt_at + 1, hash_at - salt_at - 1));
  const auto hash = base64_decode(rest.substr(hash_at + 1));
  if (!salt || !hash || salt->size() < 8 || hash->size() < 16)
    return std::unexpected("has a salt or a hash that is too short or not base64");
  return PasswordHash{*cost, *salt, *hash};
}

std::string random_bytes(std::size_t size) {
  std::string bytes(size, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(size)) != 1)
    throw std::runtime_error("the system gives no random bytes");
  return bytes;
}

}  // namespace wsconform
