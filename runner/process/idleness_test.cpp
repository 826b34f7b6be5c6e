#include "runner/process/idleness.h"

#include <gtest/gtest.h>

#include <functional>

namespace wsconform::idleness_test {
namespace {

using namespace std::chrono_literals;

struct Looked {
  Idleness::State state = Idleness::State::looking;
  Duration took{};
  Duration busy{};
  int looks = 0;
};

using Target = std::function<Idleness::Seen(Duration since)>;

Looked looked_at(const Target& target) {
  const Instant began{};
  Idleness idleness(began, target(0ms));
  Looked result;
  Instant now = began;
  while (idleness.state() == Idleness::State::looking) {
    now = idleness.next_look();
    idleness.look(now, target(now - began));
    ++result.looks;
  }
  result.state = idleness.state();
  result.took = now - began;
  result.busy = idleness.busy();
  return result;
}

TEST(Idleness, IsSeenAtTheFirstLook) {
  const Looked result = looked_at([](Duration) { return Idleness::Seen{7s}; });
  EXPECT_EQ(result.state, Idleness::State::idle);
  EXPECT_EQ(result.looks, 1);
  EXPECT_EQ(result.took, 2ms);
  EXPECT_EQ(result.busy, 0ms);
}

TEST(Idleness, IsWaitedForWhileWorkEnds) {
  const Looked result = looked_at(
      [](Duration since) { return Idleness::Seen{std::min<Duration>(since, 3s), since < 3s}; });
  EXPECT_EQ(result.state, Idleness::State::idle);
  EXPECT_GT(result.busy, 2s);
  EXPECT_LT(result.took, 4s);
}

TEST(Idleness, IsSeenBetweenBurstsOfWork) {
  const Looked result = looked_at([](Duration since) { return Idleness::Seen{since / 2}; });
  EXPECT_EQ(result.state, Idleness::State::idle);
}

TEST(Idleness, IsNotFoundInWhatSpinsOnOneCoreOrMore) {
  for (const int cores : {1, 2}) {
    const Looked result =
        looked_at([cores](Duration since) { return Idleness::Seen{cores * since}; });
    EXPECT_EQ(result.state, Idleness::State::spinning);
    EXPECT_GE(result.busy, 10s);
    EXPECT_LT(result.busy, 11s);
  }
}

TEST(Idleness, IsNotSeenInAThreadThatWaitsForACpu) {
  const Looked result = looked_at([](Duration since) {  // its waits are counted once they are over
    return Idleness::Seen{since / 300ms * 300ms, true};
  });
  EXPECT_EQ(result.state, Idleness::State::spinning);
}

// As a runtime with many threads has one at most looks.
TEST(Idleness, IsNotDeniedByAThreadThatHappensToRunAtEachLook) {
  const Looked result = looked_at([](Duration since) { return Idleness::Seen{since / 2, true}; });
  EXPECT_EQ(result.state, Idleness::State::idle);
  EXPECT_EQ(result.looks, 3);
}

// A core's worth of work between two looks that saw less begins the count anew.
TEST(Idleness, IsWaitedForWhileAThreadIsAtWorkBetween) {
  const Looked result = looked_at([](Duration since) {
    const bool at_work = since > 5ms && since < 30ms;
    return Idleness::Seen{at_work ? since : since / 2, true};
  });
  EXPECT_EQ(result.state, Idleness::State::idle);
  EXPECT_GT(result.looks, 3);
}

TEST(Idleness, IsNotDecidedByALookThatComesTooEarly) {
  Idleness idleness(Instant{}, {});
  idleness.look(Instant{} + 1ms, {});
  EXPECT_EQ(idleness.state(), Idleness::State::looking);
}

}  // namespace
}  // namespace wsconform::idleness_test
