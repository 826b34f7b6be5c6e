#include "server-under-test/site/http_date.h"

#include <gtest/gtest.h>

namespace wsconform::http_date_test {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

TEST(HttpDate, IsWrittenAsRfc9110WritesIt) {
  EXPECT_EQ(http_date(sys_seconds(seconds(784'111'777))), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(http_date(sys_seconds(seconds(0))), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(http_date(sys_seconds(seconds(951'827'696))), "Tue, 29 Feb 2000 12:34:56 GMT");
}

}  // namespace
}  // namespace wsconform::http_date_test
