#include "server-under-test/places.h"

#include <gtest/gtest.h>

namespace wsconform::places_test {
namespace {

using enum Places::Answer;

TEST(Places, SilentConnectionsTakeNoPlaceOfAClient) {
  Places places({.clients = 1});
  for (std::uint64_t id = 1; id <= 100; ++id) places.come(id, "::1");
  EXPECT_EQ(places.waiting(), 100U);
  EXPECT_EQ(places.take(100), taken);
  EXPECT_EQ(places.clients(), 1U);
  EXPECT_EQ(places.waiting(), 99U);
}

TEST(Places, AreTakenFromTheHandshakeOnAndGivenBack) {
  Places places({.clients = 2});
  for (std::uint64_t id = 1; id <= 3; ++id) places.come(id, "a");
  EXPECT_EQ(places.take(1), taken);
  EXPECT_EQ(places.take(2), taken);
  EXPECT_EQ(places.take(3), full);
  places.leave(1);
  EXPECT_EQ(places.take(3), taken);
}

TEST(Places, AreBoundedForEachAddress) {
  Places places({.clients = 10, .clients_of_an_address = 1});
  places.come(1, "a");
  places.come(2, "a");
  places.come(3, "b");
  EXPECT_EQ(places.take(1), taken);
  EXPECT_EQ(places.take(2), full_for_the_address);
  EXPECT_EQ(places.take(3), taken);
  places.leave(1);
  EXPECT_EQ(places.take(2), taken);
}

TEST(Places, TheOneThatWaitsLongestGoesForANewOne) {
  Places places({.waiting = 2});
  EXPECT_EQ(places.come(1, "a"), std::nullopt);
  EXPECT_EQ(places.come(2, "a"), std::nullopt);
  EXPECT_EQ(places.come(3, "a"), 1U);
  places.leave(1);
  EXPECT_EQ(places.longest_waiting(), 2U);
  places.leave(2);
  EXPECT_EQ(places.come(4, "a"), std::nullopt);
}

TEST(Places, AConnectionThatNeverHadOneLeavesNone) {
  Places places({});
  places.come(1, "a");
  places.leave(1);
  places.leave(1);
  EXPECT_EQ(places.waiting(), 0U);
  EXPECT_EQ(places.clients(), 0U);
  EXPECT_EQ(places.longest_waiting(), std::nullopt);
}

}  // namespace
}  // namespace wsconform::places_test
