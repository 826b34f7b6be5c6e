// A finding as a case, and in a file that `wsconform run --cases` plays.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "fuzz/live/finding.h"
#include "fuzz/live/oracle.h"

namespace wsconform {

// One sentence of what an endpoint does about such a session.
std::string says_of(const LiveSession& session, const Reading& reading);

// Its id is the name of its cause; `seed` is the run's.
Case case_of(const Finding& finding, const Oracle& oracle, bool echoes, std::uint64_t seed);

// Into the file of the folder that is named after the case's section, in place of an earlier one of its id; the rest of the
// file stays, and at every moment a whole file is there. Gives the file. Throws std::system_error, "path: why", where
// the machine does not write it, and InputError where the file there is none of cases.
std::filesystem::path keep_case(const std::filesystem::path& folder, const Case& made);

}  // namespace wsconform
