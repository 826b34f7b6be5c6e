#include "server-under-test/site/attempts.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "core/bytes.h"

namespace wsconform {
namespace {

constexpr std::size_t most_addresses = 10'000;

}  // namespace

std::string counted_address(std::string_view address) {
  std::array<std::uint8_t, 16> bytes{};
  if (inet_pton(AF_INET6, std::string(address).c_str(), bytes.data()) != 1)
    return std::string(address);
  return to_hex(ByteView(bytes).first(8));
}

bool Attempts::begin(std::string_view address, std::chrono::sys_seconds now) {
  make_room(now);
  Window& window = windows_[counted_address(address)];
  if (window.made == 0 || now >= window.began + window_) window = {now, 0};
  if (window.made >= most_) return false;
  ++window.made;
  return true;
}

void Attempts::succeeded(std::string_view address) {
  windows_.erase(counted_address(address));
}

std::chrono::seconds Attempts::wait(std::string_view address, std::chrono::sys_seconds now) const {
  const auto found = windows_.find(counted_address(address));
  if (found == windows_.end()) return std::chrono::seconds::zero();
  return std::max(found->second.began + window_ - now, std::chrono::seconds::zero());
}

// The oldest goes where all are fresh: memory is bounded, whoever comes.
void Attempts::make_room(std::chrono::sys_seconds now) {
  if (windows_.size() < most_addresses) return;
  std::erase_if(windows_, [&](const auto& each) { return now >= each.second.began + window_; });
  if (windows_.size() < most_addresses) return;
  windows_.erase(
      std::ranges::min_element(windows_, {}, [](const auto& each) { return each.second.began; }));
}

}  // namespace wsconform
