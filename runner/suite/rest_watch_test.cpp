#include "runner/suite/rest_watch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace wsconform::rest_watch_test {
namespace {

using std::chrono::milliseconds;

// A look, so long after the first one.
struct Row {
  int at = 0;      // ms
  int wanted = 0;  // ms, since the start
  int cpu = 0;     // ms, likewise
  bool runnable = false;
  bool blocked = false;
  bool seen = true;
  std::vector<pid_t> processes = {100};
};

struct Course {
  const char* name;
  std::vector<Row> rows;
  bool rests;  // after the last
};

bool rests(const Course& course) {
  RestWatch watch;
  for (const Row& row : course.rows) {
    ProcessLook look{100, {.processes = row.processes}};
    look.usage.wanted = milliseconds(row.wanted);
    look.usage.cpu = milliseconds(row.cpu);
    look.usage.runnable = row.runnable;
    look.usage.blocked = row.blocked;
    watch.look(Instant{} + milliseconds(row.at), row.seen ? std::optional(look) : std::nullopt);
  }
  return watch.rests();
}

TEST(RestWatch, TellsRestFromWork) {
  const std::vector<Course> courses = {
      {"nobody looked", {}, false},
      {"one look", {{}}, false},
      {"less than a second", {{}, {.at = 999}}, false},
      {"a second", {{}, {.at = 500}, {.at = 1000}}, true},
      {"a second, and a little work in it", {{}, {.at = 1000, .wanted = 20, .cpu = 20}}, true},
      {"work", {{}, {.at = 1000, .wanted = 21}}, false},
      {"work of threads that ended", {{}, {.at = 1000, .wanted = -300, .cpu = 21}}, false},
      {"work before the second",
       {{}, {.at = 300, .wanted = 300}, {.at = 1300, .wanted = 300}},
       true},
      {"work that ended within the second",
       {{}, {.at = 300, .wanted = 300}, {.at = 400, .wanted = 400}, {.at = 1300, .wanted = 400}},
       false},
      {"long rest, then work",
       {{}, {.at = 1000}, {.at = 9000}, {.at = 9900}, {.at = 10000, .wanted = 90}},
       false},
      {"it waits for a CPU", {{}, {.at = 1000, .runnable = true}}, false},
      {"it got one", {{}, {.at = 1000, .runnable = true}, {.at = 1100, .wanted = 1}}, true},
      {"it waits for a disk", {{}, {.at = 1000, .blocked = true}}, false},
      {"it waited for a disk", {{}, {.at = 900, .blocked = true}, {.at = 1000}}, false},
      {"it was gone meanwhile", {{}, {.at = 900, .seen = false}, {.at = 1000}}, false},
      {"another process came", {{}, {.at = 1000, .processes = {100, 101}}}, false},
  };
  for (const Course& course : courses) EXPECT_EQ(rests(course), course.rests) << course.name;
}

TEST(RestWatch, TellsOfLessThanASecond) {
  RestWatch watch;
  const auto look = [&](int at, int wanted) {
    ProcessLook seen{100, {.processes = {100}}};
    seen.usage.wanted = milliseconds(wanted);
    watch.look(Instant{} + milliseconds(at), seen);
  };
  EXPECT_FALSE(watch.rested_for(milliseconds(200)));
  for (const int at : {0, 100, 200, 300, 400}) look(at, std::min(at, 200));
  EXPECT_TRUE(watch.rested_for(milliseconds(200)));
  EXPECT_FALSE(watch.rested_for(milliseconds(250)));
  EXPECT_FALSE(watch.rested_for(milliseconds(500)));
}

TEST(RestWatch, TellsWhereNobodyIsSeen) {
  RestWatch watch;
  EXPECT_FALSE(watch.sees());
  watch.look(Instant{}, ProcessLook{100, {.processes = {100}, .blocked = true}});
  EXPECT_TRUE(watch.sees());
  watch.look(Instant{}, std::nullopt);
  EXPECT_FALSE(watch.sees());
}

TEST(RestWatch, IsLookedAtNowAndThen) {
  RestWatch watch;
  EXPECT_EQ(watch.next_look(), Instant{});
  const Instant now{std::chrono::hours(1)};
  watch.look(now, ProcessLook{});
  EXPECT_EQ(watch.next_look(), now + RestWatch::between_looks);
}

}  // namespace
}  // namespace wsconform::rest_watch_test
