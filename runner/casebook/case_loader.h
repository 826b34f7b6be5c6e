// Case files (cases/README.md) into cases as the runner executes them. Whatever a file holds, the
// result is cases or one InputError that names file, line and JSON pointer, within bounded memory
// and time. Nothing is kept of the file: the cases are values of their own. case_writer is the
// inverse.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "runner/input/json_source.h"
#include "runner/target/target_policy.h"

namespace wsconform {

struct Case;

// The cases of one file, in its order; `section` opens their ids ("rfc6455/5.5-control-frames").
// `limits` are those that the target declares, in bytes; without them {limit.NAME} is some number.
std::vector<Case> load_cases_of(const JsonSource& file, const std::string& section,
                                const DeclaredLimits& limits = {});

// The files of cases below a folder, sorted by path: every *.json but schemas and those of
// `requirements`. Throws InputError where there is none.
std::vector<std::filesystem::path> case_files(const std::filesystem::path& directory);
// "rfc6455/5.5-control-frames" for a file below the folder.
std::string section_of(const std::filesystem::path& file, const std::filesystem::path& directory);

// The cases of all these files.
std::vector<Case> load_cases(const std::filesystem::path& directory,
                             const DeclaredLimits& limits = {});

}  // namespace wsconform
