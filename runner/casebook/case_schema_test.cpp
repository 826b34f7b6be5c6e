#include "runner/casebook/case_schema.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace wsconform::case_schema_test {
namespace {

TEST(CaseSchema, KnowsEveryMemberOfAStep) {
  constexpr std::string_view before =
      R"({"id": "a", "says": "b", "requirements": ["c"], "level": "must", "steps": [)";
  const auto step = [&](std::string_view text) {
    const auto found =
        case_schema().check(Json::parse(std::string(before) + std::string(text) + "]}"));
    return found ? found->pointer + ": " + found->message : "";
  };
  EXPECT_EQ(step(R"({"send": "ping"})"), "");
  EXPECT_EQ(step(R"({"send": "pingg"})"),
            R"(/steps/0/send: is "pingg", which is none of the values allowed here)");
  EXPECT_EQ(step(R"({"send": "ping", "fins": true})"), R"(/steps/0: has an unknown member "fins")");
  EXPECT_EQ(step(R"({"send": "bytes", "fin": true})"), R"(/steps/0: has an unknown member "fin")");
  EXPECT_EQ(step(R"({"expect": "opne"})"),
            R"(/steps/0/expect: is "opne", which is none of the values allowed here)");
  EXPECT_EQ(step(R"({"expect": "open", "code": 1, "x": 1})"),
            R"(/steps/0: has an unknown member "x")");
  EXPECT_EQ(step(R"({"sned": "ping"})"), R"(/steps/0: has an unknown member "sned")");
  EXPECT_EQ(step(R"({"request": {"hosts": 1}})"),
            R"(/steps/0/request: has an unknown member "hosts")");
  EXPECT_EQ(step(R"("ping")"), R"(/steps/0: is "ping", which is of the wrong type)");
  EXPECT_EQ(step(R"({"send": "text", "payload": {"join": [{"repeet": 1}]}})"),
            R"(/steps/0/payload/join/0: has an unknown member "repeet")");
}

}  // namespace
}  // namespace wsconform::case_schema_test
