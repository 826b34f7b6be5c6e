// What a command writes: whole, or not at all and told why.
#pragma once

#include <signal.h>

#include <array>
#include <functional>
#include <iosfwd>
#include <string>

namespace wsconform {

// Writes a file anew: aside, in the same folder, and under its name once it is whole, so that
// nobody reads half of it. What stands there stays where that fails. A device or a pipe is written
// at once. Throws UsageError where no file can stand at the path (no such folder, or a folder
// itself), and std::system_error, "path: why", where the machine does not write it: a full disk, no
// permission, no descriptor left.
void write_file(const std::string& path, const std::function<void(std::ostream&)>& write);

// Finds out whether that could be done, and leaves all as it is. Throws as it does.
void try_to_write(const std::string& path);

// A path at which write_file puts a file aside, and no device or pipe.
bool is_written_aside(const std::string& path);

// While it lives, writing to a pipe that nobody reads any more, or more than a file may hold, fails
// as any other write does, and does not end the program by a signal.
class WritesFail {
 public:
  WritesFail();
  ~WritesFail();  // puts back what was before
  WritesFail(const WritesFail&) = delete;
  WritesFail& operator=(const WritesFail&) = delete;

 private:
  std::array<struct sigaction, 2> before_{};
};

// Throws std::system_error where standard output did not take all that was written to it.
void check_standard_output();

}  // namespace wsconform
