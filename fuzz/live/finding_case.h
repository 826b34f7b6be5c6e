// A finding as a case, and in a file that `wsconform run --cases` plays.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "fuzz/live/finding.h"
#include "fuzz/live/oracle.h"

namespace wsconform {

struct Case;

// One sentence of what an endpoint does about such a session.
std::string says_of(const LiveSession& session, const Reading& reading);

// One whose id is the name of its cause; `seed` is the run's. Connections that show it only side by
// side have each a case of its own, named after the cause, and with them one that has to be served
// meanwhile: NAME/1, NAME/2, ..., NAME/beside.
std::vector<Case> cases_of(const Finding& finding, const Oracle& oracle, bool echoes,
                           std::uint64_t seed);
// With which `wsconform run --cases FOLDER` plays it as it was found: ids, and connections at once.
std::string options_to_replay(const Finding& finding);

// What cases_of gives, into the file of the folder that is named after their section, in place of
// earlier ones of that name; the rest of the file stays, and at every moment a whole file is there.
// Gives the file. Throws std::system_error, "path: why", where the machine does not write it, and
// InputError where the file there is none of cases.
std::filesystem::path keep_cases(const std::filesystem::path& folder,
                                 const std::vector<Case>& made);

}  // namespace wsconform
