#include "runner/casebook/case_schema.h"

#include <gmock/gmock.h>

#include <string>
#include <string_view>

namespace wsconform::case_schema_test {
namespace {

using ::testing::StartsWith;

TEST(CaseSchema, KnowsEveryMemberOfAStep) {
  constexpr std::string_view before =
      R"({"id": "a", "says": "b", "requirements": ["c"], "level": "must", "steps": [)";
  const auto step = [&](std::string_view text) {
    const auto found =
        case_schema().check(Json::parse(std::string(before) + std::string(text) + "]}"));
    return found ? found->pointer + ": " + found->message : "";
  };
  EXPECT_EQ(step(R"({"send": "ping"})"), "");
  EXPECT_THAT(step(R"({"send": "pingg"})"),
              StartsWith(R"(/steps/0/send: is "pingg", but has to be one of "continuation", )"));
  EXPECT_EQ(step(R"({"send": "ping", "fins": true})"), R"(/steps/0: has an unknown member "fins")");
  EXPECT_EQ(step(R"({"send": "bytes", "fin": true})"), R"(/steps/0: has an unknown member "fin")");
  EXPECT_THAT(step(R"({"expect": "opne"})"),
              StartsWith(R"(/steps/0/expect: is "opne", but has to be one of "response", )"));
  EXPECT_EQ(step(R"({"expect": "open", "code": 1, "x": 1})"),
            R"(/steps/0: has an unknown member "x")");
  EXPECT_EQ(step(R"({"sned": "ping"})"), R"(/steps/0: has an unknown member "sned")");
  EXPECT_EQ(step(R"({"request": {"hosts": 1}})"),
            R"(/steps/0/request: has an unknown member "hosts")");
  EXPECT_EQ(step(R"("ping")"), R"(/steps/0: is "ping", but has to be an object)");
  EXPECT_EQ(step(R"({"send": "text", "payload": {"join": [{"repeet": 1}]}})"),
            R"(/steps/0/payload/join/0: has an unknown member "repeet")");
}

}  // namespace
}  // namespace wsconform::case_schema_test
