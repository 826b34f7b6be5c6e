// How often an address may try a password.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace wsconform {

class Attempts {
 public:
  // So many in the time of a window, which begins with the first; a right one gives them all back.
  Attempts(std::size_t most, std::chrono::seconds window) : most_(most), window_(window) {}

  // Counts one, and says whether it may be made. Whoever makes many at once is counted before the
  // first of them is known to be wrong.
  bool begin(std::string_view address, std::chrono::sys_seconds now);
  void succeeded(std::string_view address);
  // Until the window of the address ends.
  std::chrono::seconds wait(std::string_view address, std::chrono::sys_seconds now) const;

 private:
  struct Window {
    std::chrono::sys_seconds began{};
    std::size_t made = 0;
  };
  void make_room(std::chrono::sys_seconds now);

  std::size_t most_ = 0;
  std::chrono::seconds window_{};
  std::map<std::string, Window, std::less<>> windows_;
};

// What counts as one address: of IPv6 the first 64 bits, for whoever has one has them all.
std::string counted_address(std::string_view address);

}  // namespace wsconform
