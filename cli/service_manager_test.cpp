#include "cli/service_manager.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <cstring>

namespace wsconform::service_manager_test {
namespace {

using Descriptors = std::vector<int>;

TEST(SocketsGiven, AreThoseFromThreeOn) {
  EXPECT_EQ(sockets_given("42", "2", 42), (Descriptors{3, 4}));
  EXPECT_EQ(sockets_given("42", "0", 42), Descriptors{});
}

TEST(SocketsGiven, AreNoneWhereTheyAreAnotherProcesss) {
  EXPECT_EQ(sockets_given("41", "2", 42), Descriptors{});
}

TEST(SocketsGiven, AreNoneWhereNothingUsefulStandsThere) {
  EXPECT_EQ(sockets_given(nullptr, "1", 42), Descriptors{});
  EXPECT_EQ(sockets_given("42", nullptr, 42), Descriptors{});
  for (const char* count : {"", "-1", "one", "1x", "99999", "99999999999999999999"})
    EXPECT_EQ(sockets_given("42", count, 42), Descriptors{}) << count;
}

TEST(TellManager, SendsTheStateToItsSocket) {
  const std::string name = "wsconform-test-" + std::to_string(getpid());
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path + 1, name.data(), name.size());
  const int manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ASSERT_EQ(bind(manager, reinterpret_cast<const sockaddr*>(&address),
                 static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size())),
            0);
  tell_manager("READY=1", "@" + name);
  std::array<char, 64> told{};
  EXPECT_EQ(recv(manager, told.data(), told.size(), MSG_DONTWAIT), 7);
  EXPECT_STREQ(told.data(), "READY=1");
  close(manager);
}

TEST(TellManager, DoesNothingWhereNobodyListens) {
  tell_manager("READY=1", "/nonexistent/socket");
  tell_manager("READY=1", "");
  tell_manager("READY=1", std::string(500, 'x'));
}

}  // namespace
}  // namespace wsconform::service_manager_test
