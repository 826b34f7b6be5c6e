// What a command writes: whole, or a failure that tells why not.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>

namespace wsconform {

// Writes a file anew. Throws UsageError where no file can stand at the path (no such folder, or a
// folder itself), and std::system_error, "path: why", where the machine does not write it: a full
// disk, no permission, no descriptor left. What was written until then stays.
void write_file(const std::string& path, const std::function<void(std::ostream&)>& write);

// Throws std::system_error where standard output did not take all that was written to it.
void check_standard_output();

}  // namespace wsconform
