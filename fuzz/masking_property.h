// What holds for masking, whatever the key, the offset and the cuts (RFC 6455 §5.3): the property
// of the target masking.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "core/masking.h"
#include "fuzz/breach.h"

namespace wsconform {

using Mask = std::function<void(std::span<std::uint8_t>, const MaskingKey&, std::uint64_t offset)>;
using MaskShort = std::function<bool(std::span<std::uint8_t>, const MaskingKey&)>;

// `mask` changes the payload as §5.3 says, byte by byte, and nothing beside it; twice it gives the
// payload back; in pieces, cut as `cut_choice` says, it does the same.
Breach breach_of_mask(const Mask& mask, ByteView payload, const MaskingKey& key,
                      std::uint64_t offset, std::uint8_t cut_choice);

// The same, for a whole payload, and it tells whether what comes out is ASCII alone.
Breach breach_of_mask_short(const MaskShort& mask, ByteView payload, const MaskingKey& key);

// An input: four bytes of a key, one of an offset, one that chooses the cuts, a payload. Holds for
// `mask`, `mask_portably` and `mask_short`.
Breach breach_of_masking(ByteView input);

}  // namespace wsconform
