// A mutator that knows texts of elements, for the targets whose input is a head (lines) or a list
// of extensions: whole elements come, go, double and change places, so that what comes of it gets
// past the first rule.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/bytes.h"
#include "fuzz/frame_mutator.h"

namespace wsconform {

struct TextForm {
  std::string_view whole;                    // a text that is legal
  std::string_view separators;               // each of these characters parts two elements
  bool leads = false;                        // it begins one, and else ends one
  std::span<const std::string_view> pieces;  // elements, each with its separator
};
extern const TextForm request_form;   // of the opening handshake
extern const TextForm response_form;  // 101 to the key of RFC 6455 §1.3
extern const TextForm body_form;      // a response with a body
extern const TextForm
    offer_form;  // offers of permessage-deflate, and behind a line feed the response

// Another input from one that begins with `choices` bytes of choices, behind which stands a text.
// At most `max_size` bytes. The same seed does the same.
Bytes mutated_text(ByteView input, std::size_t choices, std::size_t max_size, unsigned seed,
                   const TextForm& form, const MutateBytes& mutate_bytes);

// The same in place, as a libFuzzer target's LLVMFuzzerCustomMutator has to do it.
std::size_t mutate_text(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned seed,
                        std::size_t choices, const TextForm& form);

}  // namespace wsconform
