#include "core/masking.h"

#include <bit>
#include <cstddef>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace wsconform {
namespace {

// The key as a word in memory, turned so that its first byte falls on `offset`.
std::uint32_t key_word(const MaskingKey& key, std::uint64_t offset) {
  const int turn = static_cast<int>(offset % 4) * 8;
  const auto word = std::bit_cast<std::uint32_t>(key);
  return std::endian::native == std::endian::little ? std::rotr(word, turn) : std::rotl(word, turn);
}

template <typename Word>
Word xor_word(std::uint8_t* at, Word key) {
  Word word;
  std::memcpy(&word, at, sizeof word);
  word ^= key;
  std::memcpy(at, &word, sizeof word);
  return word;
}

// All bits that are set in any byte of what comes out; which bytes they stood in is of no meaning.
inline std::uint64_t mask_words(std::uint8_t* at, std::size_t size, std::uint32_t key) {
  const std::uint64_t key64 = std::uint64_t{key} << 32 | key;
  std::uint64_t bits = 0;
  for (; size >= 8; at += 8, size -= 8) bits |= xor_word(at, key64);
  if (size >= 4) {
    bits |= xor_word(at, key);
    at += 4;
    size -= 4;
  }
  std::uint8_t bytes_of_key[4];
  std::memcpy(bytes_of_key, &key, sizeof key);
  for (std::size_t i = 0; i < size; ++i) bits |= at[i] ^= bytes_of_key[i];
  return bits;
}

#if defined(__x86_64__)

constexpr std::size_t vector_size = 32;
constexpr std::size_t worth_vectors = 2 * vector_size;

__attribute__((target("avx2"))) inline void xor_vector(std::uint8_t* at, __m256i key) {
  auto* vector = reinterpret_cast<__m256i*>(at);
  _mm256_storeu_si256(vector, _mm256_xor_si256(_mm256_loadu_si256(vector), key));
}

// Takes as many bytes as fill whole vectors, a multiple of the key's size; says how many.
__attribute__((target("avx2"))) std::size_t mask_vectors(std::uint8_t* at, std::size_t size,
                                                         std::uint32_t key) {
  const __m256i key256 = _mm256_set1_epi32(static_cast<int>(key));
  std::size_t done = 0;
  for (; size - done >= 4 * vector_size; done += 4 * vector_size) {
    xor_vector(at + done, key256);
    xor_vector(at + done + vector_size, key256);
    xor_vector(at + done + 2 * vector_size, key256);
    xor_vector(at + done + 3 * vector_size, key256);
  }
  for (; size - done >= vector_size; done += vector_size) xor_vector(at + done, key256);
  return done;
}

#endif

}  // namespace

void mask(std::span<std::uint8_t> payload, const MaskingKey& key, std::uint64_t offset) {
#if defined(__x86_64__)
  if (payload.size() >= worth_vectors && __builtin_cpu_supports("avx2")) {
    const std::uint32_t word = key_word(key, offset);
    const std::size_t done = mask_vectors(payload.data(), payload.size(), word);
    mask_words(payload.data() + done, payload.size() - done, word);
    return;
  }
#endif
  mask_portably(payload, key, offset);
}

void mask_portably(std::span<std::uint8_t> payload, const MaskingKey& key, std::uint64_t offset) {
  mask_words(payload.data(), payload.size(), key_word(key, offset));
}

bool mask_short(std::span<std::uint8_t> payload, const MaskingKey& key) {
  const std::uint64_t bits = mask_words(payload.data(), payload.size(), key_word(key, 0));
  return (bits & 0x8080808080808080) == 0;
}

}  // namespace wsconform
