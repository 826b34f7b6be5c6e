// Seeds of the fuzz targets: the bytes that the cases send, as the targets read them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "core/bytes.h"

namespace wsconform {

struct Case;

struct Seed {
  std::string name{};  // of a file: the case's id with dots for slashes, and the choices
  Bytes bytes{};
};

// Bytes of stream; a case that sends more gives no seed.
inline constexpr std::size_t max_seed = 4096;

// The frames that each case sends over its first connection, from a client and from a server,
// within the usual limits and within narrow ones: the target frame_stream. Equal ones come once,
// under the name of the first case.
std::vector<Seed> frame_stream_seeds(const std::vector<Case>& cases);
// The opening handshake of each case, with the bytes behind it where the case writes both, to a
// server of either policy: the target handshake_request.
std::vector<Seed> handshake_request_seeds(const std::vector<Case>& cases);

// Writes each into a file of the folder, which is made. Throws where that fails.
void write_seeds(const std::filesystem::path& folder, const std::vector<Seed>& seeds);

}  // namespace wsconform
