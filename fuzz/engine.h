// What the fuzzing engine's runtime offers to mutators.
#pragma once

#include <cstddef>
#include <cstdint>

// Of libFuzzer: changes `size` bytes at `data`, which has room for `max_size`; the new size. Null
// where a target only replays.
extern "C" __attribute__((weak)) std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size,
                                                              std::size_t max_size);
