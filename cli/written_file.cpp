#include "cli/written_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <ios>
#include <iostream>
#include <system_error>

#include "runner/input/input_error.h"

namespace wsconform {
namespace {

bool is_no_place_for_a_file(int error) {
  return error == ENOENT || error == ENOTDIR || error == EISDIR || error == ENAMETOOLONG;
}

// `error` may be 0 where nobody kept it.
std::system_error fault(int error, const std::string& path) {
  return {error == 0 ? EIO : error, std::generic_category(), path};
}

}  // namespace

void write_file(const std::string& path, const std::function<void(std::ostream&)>& write) {
  errno = 0;
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  if (!file) {
    const std::system_error why = fault(errno, path);
    if (is_no_place_for_a_file(why.code().value())) throw UsageError(why.what());
    throw why;
  }
  file.exceptions(std::ios::badbit | std::ios::failbit);
  try {
    errno = 0;
    write(file);
    file.close();
  } catch (const std::ios_base::failure&) {
    throw fault(errno, path);
  }
}

void check_standard_output() {
  errno = 0;
  std::cout.flush();
  if (!std::cout) throw fault(errno, "standard output");
}

}  // namespace wsconform
