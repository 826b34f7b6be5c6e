#include "cli/written_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <ios>
#include <iostream>
#include <system_error>

#include "runner/input/input_error.h"

namespace wsconform {
namespace {

namespace fs = std::filesystem;

constexpr std::array of_writes{SIGPIPE, SIGXFSZ};

bool is_no_place_for_a_file(int error) {
  return error == ENOENT || error == ENOTDIR || error == EISDIR || error == ENAMETOOLONG ||
         error == ELOOP;
}

// `error` may be 0 where nobody kept it.
std::system_error fault(int error, const std::string& path) {
  return {error == 0 ? EIO : error, std::generic_category(), path};
}

[[noreturn]] void fail(int error, const std::string& path) {
  const std::system_error why = fault(error, path);
  if (is_no_place_for_a_file(why.code().value())) throw UsageError(why.what());
  throw why;
}

// Where the file itself is that the path leads to: a link stays a link.
fs::path place_of(const std::string& path) {
  std::error_code error;
  const fs::path place = fs::weakly_canonical(path, error);
  return error ? fs::path(path) : place;
}

// A file beside another that takes its place, or goes.
class FileAside {
 public:
  explicit FileAside(const std::string& path)
      : path_(path),
        place_(place_of(path)),
        aside_((place_.parent_path() / fmt::format(".{}.XXXXXX", place_.filename().string()))
                   .string()) {
    if (path.empty() || path.ends_with('/')) fail(EISDIR, path);
    if (fs::exists(place_) && access(place_.c_str(), W_OK) != 0) fail(errno, path);
    const int file = mkostemp(aside_.data(), O_CLOEXEC);
    if (file < 0) fail(errno, path);
    fchmod(file, rights());
    close(file);
  }
  ~FileAside() {
    if (!aside_.empty()) unlink(aside_.c_str());
  }
  FileAside(const FileAside&) = delete;
  FileAside& operator=(const FileAside&) = delete;

  const std::string& name() const { return aside_; }
  void take_the_place() {
    if (rename(aside_.c_str(), place_.c_str()) != 0) fail(errno, path_);
    aside_.clear();
  }

 private:
  // Those of the file that it takes the place of, or what any new file gets.
  mode_t rights() const {
    struct stat before{};
    if (stat(place_.c_str(), &before) == 0) return before.st_mode & 07777;
    const mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
  }

  std::string path_;
  fs::path place_;
  std::string aside_;
};

void write_at_once(const std::string& file, const std::string& path,
                   const std::function<void(std::ostream&)>& write) {
  errno = 0;
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  if (!out) fail(errno, path);
  out.exceptions(std::ios::badbit | std::ios::failbit);
  try {
    errno = 0;
    write(out);
    out.close();
  } catch (const std::ios_base::failure&) {
    throw fault(errno, path);
  }
}

}  // namespace

bool is_written_aside(const std::string& path) {
  struct stat there{};
  return stat(path.c_str(), &there) != 0 || S_ISREG(there.st_mode);
}

void write_file(const std::string& path, const std::function<void(std::ostream&)>& write) {
  if (!is_written_aside(path)) return write_at_once(path, path, write);
  FileAside aside(path);
  write_at_once(aside.name(), path, write);
  aside.take_the_place();
}

void try_to_write(const std::string& path) {
  if (is_written_aside(path)) {
    const FileAside aside(path);
  } else if (fs::is_directory(path)) {
    fail(EISDIR, path);
  } else if (access(path.c_str(), W_OK) != 0) {
    fail(errno, path);
  }
}

WritesFail::WritesFail() {
  struct sigaction ignored{};
  ignored.sa_handler = SIG_IGN;
  for (std::size_t i = 0; i < of_writes.size(); ++i)
    sigaction(of_writes.at(i), &ignored, &before_.at(i));
}

WritesFail::~WritesFail() {
  for (std::size_t i = 0; i < of_writes.size(); ++i)
    sigaction(of_writes.at(i), &before_.at(i), nullptr);
}

void check_standard_output() {
  const WritesFail meanwhile;
  std::cout.flush();
  if (std::cout) return;
  // The stream does not keep why. One byte more is refused for the same reason.
  const bool refused = write(STDOUT_FILENO, "\n", 1) < 0;
  throw fault(refused ? errno : 0, "standard output");
}

}  // namespace wsconform
