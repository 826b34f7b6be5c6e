#include "runner/casebook/line_form.h"

#include <gtest/gtest.h>

namespace wsconform::line_form_test {
namespace {

std::vector<std::string> form(const std::string& text) {
  std::vector<std::string> messages;
  for (const FormFault& each : faults_of_form(JsonSource::parse("p", text), text))
    messages.push_back(std::to_string(each.line) + " " + each.message);
  return messages;
}

TEST(LineForm, WantsOneStepALine) {
  EXPECT_TRUE(form("{\"cases\": [{\"steps\": [\n{\"a\": 1},\n{\"a\": 2}\n]}]}").empty());
  EXPECT_EQ(form("{\"cases\": [{\"steps\": [\n{\"a\": 1}, {\"a\": 2}\n]}]}"),
            (std::vector<std::string>{"2 stands on the line of the step before"}));
  EXPECT_EQ(form("{\"cases\": [{\"steps\": [\n{\"a\": 1,\n\"b\": 2}\n]}]}"),
            (std::vector<std::string>{"2 takes several lines and has room on one"}));
}

TEST(LineForm, WantsNarrowLinesButLetsTextsBeLong) {
  EXPECT_EQ(form("{\n" + std::string(181, ' ') + "}"),
            (std::vector<std::string>{"2 is wider than 180 characters"}));
  EXPECT_TRUE(form("{\n" + std::string(180, ' ') + "\n}").empty());
  EXPECT_TRUE(form("{\"a\": \"" + std::string(500, 'x') + "\"}").empty());
  EXPECT_TRUE(form("{\"a\": \"\\\"" + std::string(500, 'x') + "\"}").empty());
  EXPECT_EQ(form("{\"a\": \"" + std::string(500, 'x') + "\"" + std::string(100, ' ') + "}").size(),
            1u);
}

TEST(LineForm, CountsCharactersAndOfATextEighty) {
  EXPECT_EQ(width_of("§ 5"), 3u);
  EXPECT_EQ(width_of("\"" + std::string(100, 'x') + "\": 1"),
            width_of("\"" + std::string(200, 'x') + "\": 1"));
  EXPECT_EQ(width_of(R"("\"" )"), 5u);
}

}  // namespace
}  // namespace wsconform::line_form_test
