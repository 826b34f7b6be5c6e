// A mutator that knows frames, for the targets whose input is a sequence of them: it works on whole
// frames and keeps their lengths true, so that what comes of it gets past the first header and into
// fragmentation, closing and permessage-deflate. Now and then it lies on purpose.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "core/bytes.h"

namespace wsconform {

// Changes bytes in place, to at most `max` of them, and says how many they are then: libFuzzer's
// own mutator, with its dictionary.
using MutateBytes =
    std::function<std::size_t(std::uint8_t* bytes, std::size_t size, std::size_t max)>;

// Another input from one that begins with `choices` bytes of choices, behind which may stand an
// HTTP head, and then frames. At most `max_size` bytes. The same seed does the same.
Bytes mutated_frames(ByteView input, std::size_t choices, std::size_t max_size, unsigned seed,
                     const MutateBytes& mutate_bytes);

// The same in place, as a libFuzzer target's LLVMFuzzerCustomMutator has to do it.
std::size_t mutate_frames(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned seed,
                          std::size_t choices);

}  // namespace wsconform
