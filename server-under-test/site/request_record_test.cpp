#include "server-under-test/site/request_record.h"

#include <gtest/gtest.h>

namespace wsconform::request_record_test {
namespace {

TEST(RecordOf, KeepsNothingThatMayBeSecret) {
  const RequestRecord record = record_of(
      parse_head("GET http://ann:sesame@h/a%20b?ticket=secret#secret HTTP/1.1\r\nHost: h\r\n"
                 "User-Agent: curl\r\nOrigin: https://a.example\r\nCookie: id=secret\r\n"
                 "Authorization: Basic secret\r\n\r\n"));
  EXPECT_EQ(record.method, "GET");
  EXPECT_EQ(record.path, "/a%20b");
  EXPECT_EQ(record.agent, "curl");
  EXPECT_EQ(record.origin, "https://a.example");
  EXPECT_EQ(record.status, 0);
}

TEST(RecordOf, SaysNothingOfWhatIsNoRequest) {
  EXPECT_EQ(record_of(parse_head("nonsense ticket=secret\r\n\r\n")).path, "");
}

TEST(RecordOf, CutsWhatIsLong) {
  const std::string path = "/" + std::string(10'000, 'a');
  EXPECT_LT(record_of(parse_head("GET " + path + " HTTP/1.1\r\n\r\n")).path.size(), 1000U);
}

TEST(PathIn, IsThatOfEachFormOfATarget) {
  EXPECT_EQ(path_in("/a/b?c"), "/a/b");
  EXPECT_EQ(path_in("ws://h:1/a?b"), "/a");
  EXPECT_EQ(path_in("http://h"), "/");
  EXPECT_EQ(path_in("*"), "*");
  EXPECT_EQ(path_in("ann:sesame@h:443"), "");
}

}  // namespace
}  // namespace wsconform::request_record_test
