// Seeds of the fuzz targets, made from what the cases send, as each target reads its input.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"

namespace wsconform {

struct Case;
struct CaseTraffic;

struct Seed {
  std::string name{};  // of a file: the case's id with dots for slashes, and the choices
  Bytes bytes{};
};

struct SeedsOfTarget {
  std::string_view target{};
  std::vector<Seed> seeds{};  // no two the same: the first case gives the name
};

// For every target that a case has something for.
std::vector<SeedsOfTarget> seeds_of(const std::vector<Case>& cases);

// Writes each into a file of the folder, which is made. Throws where that fails.
void write_seeds(const std::filesystem::path& folder, const std::vector<Seed>& seeds);

}  // namespace wsconform
