#include "server-under-test/chat/delivery_queue.h"

#include <gtest/gtest.h>

#include <string>

namespace wsconform::delivery_queue_test {
namespace {

SharedBytes shared(std::string_view text) {
  return std::make_shared<const Bytes>(to_bytes(text));
}

std::string taken(DeliveryQueue& queue, std::size_t most) {
  const std::string text(text_of(queue.front()).substr(0, most));
  queue.take(text.size());
  return text;
}

TEST(DeliveryQueue, GivesWhatCameFirstAndNeverMoreThanOneFrame) {
  DeliveryQueue queue;
  queue.push(shared("one"));
  queue.push_own(to_bytes("own"));
  queue.push(shared("two"));
  EXPECT_EQ(queue.unsent(), 9U);
  EXPECT_EQ(taken(queue, 2), "on");
  EXPECT_EQ(taken(queue, 100), "e");
  EXPECT_EQ(taken(queue, 100), "own");
  EXPECT_EQ(taken(queue, 100), "two");
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.unsent() + queue.behind() + queue.held(), 0U);
}

TEST(DeliveryQueue, CopiesAsManyAsThereIsRoomFor) {
  DeliveryQueue queue;
  for (const char* each : {"one", "two", "three"}) queue.push(shared(each));
  taken(queue, 1);
  Bytes room(6);
  EXPECT_EQ(queue.copy_front(room), 6U);
  EXPECT_EQ(text_of(room), "netwot");
  queue.take(6);
  EXPECT_EQ(queue.copy_front(room), 4U);
  EXPECT_EQ(text_of(room).substr(0, 4), "hree");
  queue.take(4);
  EXPECT_EQ(queue.copy_front(room), 0U);
}

TEST(DeliveryQueue, SharesAFrameUntilItIsTaken) {
  DeliveryQueue queue;
  const SharedBytes frame = shared("shared");
  queue.push(frame);
  EXPECT_EQ(frame.use_count(), 2);
  taken(queue, 6);
  EXPECT_EQ(frame.use_count(), 1);
}

TEST(DeliveryQueue, KeepsTheFrameThatIsBegunWhereTheRestIsDropped) {
  DeliveryQueue queue;
  queue.push(shared("begun"));
  queue.push(shared("not begun"));
  taken(queue, 2);
  queue.drop_unbegun();
  queue.push_own(to_bytes("close"));
  EXPECT_EQ(taken(queue, 100), "gun");
  EXPECT_EQ(taken(queue, 100), "close");
  EXPECT_TRUE(queue.empty());
}

TEST(DeliveryQueue, DropsAllWhereNothingIsBegun) {
  DeliveryQueue queue;
  queue.push(shared("one"));
  queue.push(shared("two"));
  taken(queue, 3);
  queue.drop_unbegun();
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.unsent() + queue.held(), 0U);
}

TEST(DeliveryQueue, CountsSmallFramesForTheirPlaces) {
  DeliveryQueue queue;
  queue.push_own(to_bytes("own bytes"));
  const std::size_t own = queue.behind();
  queue.push(shared("a"));
  EXPECT_GT(queue.behind(), own + 1);
}

TEST(DeliveryQueue, StaysSmallWhereFramesComeAndGo) {
  DeliveryQueue queue;
  queue.push(shared("a"));
  for (int i = 0; i < 10'000; ++i) {
    queue.push(shared("a"));
    taken(queue, 1);
  }
  EXPECT_LT(queue.held(), 1024U);
}

}  // namespace
}  // namespace wsconform::delivery_queue_test
