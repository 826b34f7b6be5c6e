#include "runner/input/text_file.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>

#include "core/machine_fault.h"
#include "runner/input/input_error.h"

namespace wsconform {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

class OpenFile {
 public:
  // Without O_NONBLOCK, opening a pipe waits until somebody opens its other end.
  explicit OpenFile(const std::filesystem::path& path)
      : descriptor_(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)) {}
  ~OpenFile() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  bool is_open() const { return descriptor_ >= 0; }
  // A regular file is ready at once.
  bool ready_within(std::chrono::milliseconds patience) const {
    pollfd watched{.fd = descriptor_, .events = POLLIN, .revents = 0};
    int ready = 0;
    do {
      ready = poll(&watched, 1, static_cast<int>(patience.count()));
    } while (ready < 0 && errno == EINTR);
    return ready > 0;
  }

  // 0 at the end, negative where it fails.
  ssize_t read_into(std::array<char, 65536>& piece) const {
    ssize_t size = 0;
    do {
      size = read(descriptor_, piece.data(), piece.size());
    } while (size < 0 && errno == EINTR);
    return size;
  }

 private:
  int descriptor_ = -1;
};

[[noreturn]] void cannot_be_read(const std::filesystem::path& path, int number) {
  const std::error_code error(number, std::generic_category());
  throw_if_machine_fault(error, path.string());
  throw InputError(path.string(), 0, "", "cannot be read: " + error.message());
}

std::string too_large(std::size_t max_size) {
  constexpr std::size_t mib = 1024 * 1024;
  return max_size % mib == 0 ? "is larger than " + std::to_string(max_size / mib) + " MiB"
                             : "is larger than " + std::to_string(max_size) + " bytes";
}

}  // namespace

std::string read_text_file(const std::filesystem::path& path, std::size_t max_size,
                           std::chrono::milliseconds patience) {
  const auto fail = [&](const char* message) { throw InputError(path.string(), 0, "", message); };
  const OpenFile file(path);
  if (!file.is_open()) cannot_be_read(path, errno);
  std::string text;
  std::array<char, 65536> piece;
  for (;;) {
    if (!file.ready_within(patience)) fail("is a pipe into which nobody writes");
    const ssize_t size = file.read_into(piece);
    if (size < 0) cannot_be_read(path, errno);
    if (size == 0) {
      if (text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
      return text;
    }
    text.append(piece.data(), static_cast<std::size_t>(size));
    if (text.size() > max_size) throw InputError(path.string(), 0, "", too_large(max_size));
  }
}

}  // namespace wsconform
