// What a property found that does not hold: a sentence; nullopt where all of it holds.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace wsconform {

using Breach = std::optional<std::string>;

// Ends a fuzz target's process with the sentence, so that the engine keeps the input.
void end_on(const Breach& breach);

// An endpoint may hold memory in proportion to the bytes that came, whatever their sender declares.
Breach breach_of_memory(std::size_t held, std::size_t came);

}  // namespace wsconform
