#include "fuzz/suite/file_property.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/results/results_json.h"
#include "runner/casebook/cases_from_text.h"
#include "runner/input/input_error.h"

namespace wsconform::file_property_test {
namespace {

using testing::HasSubstr;

TEST(CaseFileProperty, HoldsForFilesThatAreReadAndThatAreNot) {
  const std::string entry = entry_text(R"({"send": "text", "payload": "a"}, {"expect": "open"})");
  EXPECT_EQ(breach_of_case_file(case_file_text(entry)), std::nullopt);
  EXPECT_EQ(breach_of_case_file(case_file_text(entry_text("{}"))), std::nullopt);
  for (const std::string_view text :
       {"", "{", "[]", "{\"title\": \"\x1b\"}", "\xFF", "{\n\n\"a\": {\"a\": 1, \"a\": 2}}"}) {
    EXPECT_EQ(breach_of_case_file(text), std::nullopt) << text;
  }
}

TEST(ProfileFileProperty, HoldsForProfilesThatAreReadAndThatAreNot) {
  for (const std::string_view text :
       {R"({"name": "a", "url": "ws://localhost:{port}/", "exec": "run {port}"})",
        R"({"targets": [{"url": "ws://localhost/"}, {"url": "ws://localhost/2"}]})",
        R"({"targets": [{"url": "ws://localhost/"}, {"url": "ws://localhost/"}]})", "", "{}", "[1]",
        R"({"url": 3})"}) {
    EXPECT_EQ(breach_of_profile_file(text), std::nullopt) << text;
  }
}

TEST(ResultsFileProperty, HoldsForResultsThatAreReadAndThatAreNot) {
  Results results;
  results.cases.emplace_back().reason = "\xFF\n";
  EXPECT_EQ(breach_of_results_file(to_json(results)), std::nullopt);
  for (const std::string_view text : {"", "{}", "{\"version\": 1}", "\xFF", "[[[["}) {
    EXPECT_EQ(breach_of_results_file(text), std::nullopt) << text;
  }
}

TEST(FileOracles, SeeAnErrorWithoutItsPlace) {
  EXPECT_EQ(breach_of_error(InputError("a", 2, "/b", "It is wrong."), "1\n2"), std::nullopt);
  EXPECT_THAT(breach_of_error(InputError("a", 3, "/b", "It is wrong."), "1\n2").value(),
              HasSubstr("on line 3"));
  EXPECT_THAT(breach_of_error(InputError("a", 1, "/b", ""), "").value(), HasSubstr("nothing"));
}

}  // namespace
}  // namespace wsconform::file_property_test
