#include "runner/suite/start_queue.h"

#include <gtest/gtest.h>

#include <string>

#include "runner/casebook/case.h"

namespace wsconform::start_queue_test {
namespace {

constexpr std::uint64_t kib = 1024;
constexpr std::uint64_t mib = 1024 * kib;

Case sending(std::uint64_t size) {
  SendFrame message;
  message.payload = Payload({PayloadPart{PayloadPart::Kind::repeated, to_bytes("*"), size}});
  Case made;
  made.id = std::to_string(size);
  made.steps = {std::move(message)};
  return made;
}

std::size_t started(StartQueue& queue) {
  std::size_t count = 0;
  while (queue.next()) ++count;
  return count;
}

std::size_t started_of_eight(std::uint64_t size, std::size_t jobs) {
  const Case made = sending(size);
  StartQueue queue(std::vector<Task>(8, Task{&made, 1}), jobs);
  return started(queue);
}

TEST(StartQueue, StartsAsManyAsThereAreJobs) {
  EXPECT_EQ(started_of_eight(10, 3), 3U);
  EXPECT_EQ(started_of_eight(10, 100), 8U);
}

TEST(StartQueue, LetsOthersStartBesideThoseThatWait) {
  const Case made = sending(1);
  StartQueue queue(std::vector<Task>(20, Task{&made, 1}), 4, 6);
  EXPECT_EQ(started(queue), 4U);
  queue.found_waiting(std::vector<Task>(3, Task{&made, 1}));
  EXPECT_EQ(started(queue), 3U);
  queue.found_waiting(std::vector<Task>(7, Task{&made, 1}));
  EXPECT_EQ(started(queue), 3U) << "no more than may wait";
  queue.ended({&made, 1});
  EXPECT_EQ(started(queue), 1U);
  queue.found_waiting({});
  queue.ended({&made, 1});
  EXPECT_EQ(started(queue), 0U);
}

TEST(StartQueue, AsksForMoreOnceAllOfThemHaveBegun) {
  const Case made = sending(1);
  int asked = 0;
  StartQueue queue({{&made, 1}}, 10, 0, [&] {
    ++asked;
    return asked < 3 ? std::vector<Task>(2, Task{&made, 1}) : std::vector<Task>();
  });
  EXPECT_TRUE(queue.next());
  EXPECT_EQ(asked, 0);
  EXPECT_FALSE(queue.all_begun()) << "there may be more";
  EXPECT_EQ(started(queue), 4U);
  EXPECT_EQ(asked, 3);
  EXPECT_TRUE(queue.all_begun());
  EXPECT_FALSE(queue.next());
  EXPECT_EQ(asked, 3) << "none is the last word";
}

TEST(StartQueue, AsksForNoMoreThanMayStart) {
  const Case made = sending(1);
  int asked = 0;
  StartQueue queue({}, 2, 0, [&] {
    ++asked;
    return std::vector<Task>{{&made, 1}};
  });
  EXPECT_EQ(started(queue), 2U);
  EXPECT_EQ(asked, 2);
  queue.close();
  EXPECT_FALSE(queue.next());
  EXPECT_EQ(asked, 2);
}

TEST(StartQueue, StartsOneWithoutJobs) {
  EXPECT_EQ(started_of_eight(10, 0), 1U);
}

TEST(StartQueue, StartsNoMoreThanFourMebibytesOfMessages) {
  EXPECT_EQ(started_of_eight(1 * mib, 8), 4U);
  EXPECT_EQ(started_of_eight(1 * mib + kib, 8), 4U) << "with what is around them";
  EXPECT_EQ(started_of_eight(1 * mib + 64 * kib, 8), 3U);
}

TEST(StartQueue, CountsNoMessagesThatMakeNoWork) {
  const Case made = sending(2 * mib);
  StartQueue queue(std::vector<Task>(40, Task{&made, 1}), 40);
  EXPECT_EQ(started(queue), 2U);
  queue.found_waiting({{&made, 1}, {&made, 1}});
  EXPECT_EQ(started(queue), 0U);
  queue.found_waiting({{&made, 1}, {&made, 1}}, true);
  EXPECT_EQ(started(queue), 2U);
  queue.found_waiting(std::vector<Task>(4, Task{&made, 1}), true);
  EXPECT_EQ(started(queue), 2U);
  queue.found_waiting(std::vector<Task>(6, Task{&made, 1}), true);
  EXPECT_EQ(started(queue), 2U);
  queue.found_waiting(std::vector<Task>(8, Task{&made, 1}), true);
  EXPECT_EQ(started(queue), 2U);
  queue.found_waiting(std::vector<Task>(10, Task{&made, 1}), true);
  EXPECT_EQ(started(queue), 0U) << "they are kept, too";
}

TEST(StartQueue, StartsACaseBeyondTheBoundAlone) {
  EXPECT_EQ(started_of_eight(5 * mib, 8), 1U);
}

TEST(StartQueue, CountsMessagesSoOftenAsTheyAreSent) {
  Case made = sending(1 * mib);
  std::get<SendFrame>(std::get<Act>(made.steps.front())).times = 2;
  StartQueue queue(std::vector<Task>(8, Task{&made, 1}), 8);
  EXPECT_EQ(started(queue), 2U);
}

TEST(StartQueue, StartsTheNextInOrderWhereOneHasEnded) {
  const Case a = sending(1);
  const Case b = sending(2);
  const Case c = sending(3);
  StartQueue queue({{&a, 1}, {&b, 1}, {&c, 1}}, 2);
  EXPECT_EQ(started(queue), 2U);
  queue.ended({&b, 1});
  EXPECT_EQ(queue.next(), (Task{&c, 1}));
  EXPECT_EQ(queue.next(), std::nullopt);
}

// A large one at the front is not overtaken, or it might never start.
TEST(StartQueue, LetsNoSmallCaseOvertakeALargeOne) {
  const Case large = sending(5 * mib);
  const Case small = sending(1);
  StartQueue queue({{&small, 1}, {&large, 1}, {&small, 2}}, 8);
  EXPECT_EQ(started(queue), 1U);
  queue.ended({&small, 1});
  EXPECT_EQ(queue.next(), (Task{&large, 1}));
  EXPECT_EQ(queue.next(), std::nullopt);
}

TEST(StartQueue, TellsWhenAllHaveBegun) {
  const Case a = sending(1);
  StartQueue queue({{&a, 1}, {&a, 2}}, 1);
  EXPECT_EQ(started(queue), 1U);
  EXPECT_FALSE(queue.all_begun());
  queue.ended({&a, 1});
  EXPECT_EQ(started(queue), 1U);
  EXPECT_TRUE(queue.all_begun());
}

TEST(StartQueue, StartsNothingOnceItIsClosed) {
  const Case a = sending(1);
  StartQueue queue({{&a, 1}, {&a, 2}, {&a, 3}}, 1);
  EXPECT_EQ(started(queue), 1U);
  queue.close();
  queue.ended({&a, 1});
  EXPECT_EQ(queue.next(), std::nullopt);
  EXPECT_EQ(queue.not_begun(), (std::vector<Task>{{&a, 2}, {&a, 3}}));
}

}  // namespace
}  // namespace wsconform::start_queue_test
