// The catalogue of requirements: what the standards ask of an endpoint, statement by statement
// (cases/requirements/README.md).
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "reports/results/requirement.h"
#include "runner/input/json_source.h"

namespace wsconform {

// The requirements of one file, in its order. Throws InputError where a member is missing, unknown
// or of the wrong type, or an id stands twice.
std::vector<Requirement> requirements_of(const JsonSource& file);

// All files of `requirements` in a folder of cases, sorted by name; none where there is no such
// folder. Throws InputError as above.
std::vector<Requirement> load_requirements(const std::filesystem::path& cases_folder);

// nullptr where the id is unknown; else it lives as long as `requirements`.
const Requirement* find_requirement(const std::vector<Requirement>& requirements,
                                    std::string_view id);

}  // namespace wsconform
