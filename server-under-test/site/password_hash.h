// A password as a file keeps it: what scrypt (RFC 7914) makes of it, by OpenSSL.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace wsconform {

// N = 2^log_n, block size r, parallelism p (RFC 7914 §2): 128 * r * N bytes are used.
struct ScryptCost {
  unsigned log_n = 15;
  unsigned r = 8;
  unsigned p = 1;
};

struct PasswordHash {
  ScryptCost cost{};
  std::string salt{};  // bytes
  std::string hash{};  // bytes
};

// Throws std::runtime_error where the machine has not the memory.
PasswordHash hash_password(std::string_view password, const ScryptCost& cost,
                           std::string_view salt);
// Takes the time of a hash, and compares in constant time.
bool is_password(std::string_view password, const PasswordHash& known);

// "$scrypt$ln=15,r=8,p=1$SALT$HASH", both base64.
std::string text_of(const PasswordHash& hash);
// What is wrong, where it is no such text or asks for more than 256 MiB.
std::expected<PasswordHash, std::string> parse_password_hash(std::string_view text);

// Of the system's generator.
std::string random_bytes(std::size_t size);

}  // namespace wsconform
