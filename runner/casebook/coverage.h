// How far the cases reach: section by section, what the standards ask of a side and what cases ask
// about it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/role.h"
#include "reports/results/requirement.h"

namespace wsconform {

struct Case;

struct CoverageRow {
  std::string standard;          // "rfc6455"
  std::string section;           // "5.5.1"; as deep as the catalogue tells them apart
  std::size_t requirements = 0;  // that bind the side
  std::size_t testable = 0;
  std::size_t covered = 0;   // testable ones that a case for the side cites
  std::size_t variants = 0;  // cases for the side that cite one of the section's requirements
};

// A row for every section that asks something of the side, in the order of standards and sections.
std::vector<CoverageRow> coverage(const std::vector<Requirement>& requirements,
                                  const std::vector<Case>& cases, Role side);

// The columns added up. A case that cites several sections counts once: variants are the cases for
// the side.
CoverageRow total_of(const std::vector<CoverageRow>& rows, const std::vector<Case>& cases,
                     Role side);

}  // namespace wsconform
