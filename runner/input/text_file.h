// Reading a text file that somebody else wrote: bounded, and without waiting for ever.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>

namespace wsconform {

// The whole file, without a byte order mark that it begins with; a pipe is read to its end. Throws
// InputError where the file cannot be read, holds more than `max_size` bytes, or is a pipe into
// which nobody writes for the time of `patience`; MachineFault where no descriptor is left.
std::string read_text_file(const std::filesystem::path& path, std::size_t max_size,
                           std::chrono::milliseconds patience = std::chrono::seconds(10));

}  // namespace wsconform
