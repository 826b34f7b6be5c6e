// What an open WebSocket costs while nothing is said on it. The whole of a connection over TCP is
// measured by bench/compare.py.
#include <gtest/gtest.h>
#include <malloc.h>

#include <vector>

#include "server-under-test/battery_of_bytes.h"

namespace wsconform::idle_memory_test {
namespace {

constexpr std::size_t count = 4000;

std::size_t bytes_in_use() {
  return mallinfo2().uordblks;
}

// Opened one after the other; they have not rested yet.
std::vector<EchoEndpoint> opened(const std::shared_ptr<Site>& site) {
  std::vector<EchoEndpoint> endpoints;
  endpoints.reserve(count);
  while (endpoints.size() < count) {
    EchoOptions options;
    options.deflate = false;
    options.site = site;
    options.client.address = "127.0.0.1";
    endpoints.emplace_back(std::move(options), test_start);
    EXPECT_TRUE(told(endpoints.back(), bytes_of(good_request)).starts_with("HTTP/1.1 101 "));
    endpoints.back().take_request();
  }
  return endpoints;
}

TEST(AnIdleEndpoint, HasGivenBackWhatItsHandshakeTookAsSoonAsTheAnswerIsTaken) {
  const auto site = std::make_shared<Site>([] { return std::chrono::sys_seconds(); });
  const std::size_t before = bytes_in_use();
  const std::vector<EchoEndpoint> endpoints = opened(site);
  const std::size_t each = (bytes_in_use() - before) / count;
  if (each == 0) GTEST_SKIP() << "The allocator tells nothing, as under a sanitizer.";
  EXPECT_LE(each, 700U);
}

}  // namespace
}  // namespace wsconform::idle_memory_test
