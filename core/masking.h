// Client-to-server masking (RFC 6455 §5.3).
#pragma once

#include <cstdint>
#include <span>

#include "core/bytes.h"
#include "core/frame.h"

namespace wsconform {

// XORs `payload` in place with the key, as if its first byte stood at `offset` of the frame's
// payload. Applying it twice gives the payload back.
void mask(std::span<std::uint8_t> payload, const MaskingKey& key, std::uint64_t offset = 0);
// The same without vector instructions: what `mask` does where the processor has no AVX2.
void mask_portably(std::span<std::uint8_t> payload, const MaskingKey& key,
                   std::uint64_t offset = 0);

// `mask` from the payload's first byte on, quickest where it is short; true where what comes out is
// ASCII alone.
bool mask_short(std::span<std::uint8_t> payload, const MaskingKey& key);

}  // namespace wsconform
