#include "runner/casebook/case_layout.h"

#include <gtest/gtest.h>

#include "runner/casebook/line_form.h"

namespace wsconform::case_layout_test {
namespace {

TEST(OnOneLine, PutsSpacesIntoObjectsAlone) {
  EXPECT_EQ(on_one_line(Json::parse(R"({"a":[1,"b"],"c":{},"d":[],"e":{"f":null}})")),
            R"({ "a": [1, "b"], "c": {}, "d": [], "e": { "f": null } })");
}

TEST(LaidOutEntry, HasAStepALine) {
  EXPECT_EQ(
      laid_out_entry(Json::parse(R"({"id":"a","steps":[{"send":"ping"},{"expect":"pong"}]})")),
      R"({
  "id": "a",
  "steps": [
    { "send": "ping" },
    { "expect": "pong" }
  ]
})");
}

TEST(LaidOutEntry, BreaksWhatIsTooWide) {
  Json entry;
  entry["steps"][0]["fragments"] = Json::array();
  for (int i = 0; i < 70; ++i) entry["steps"][0]["fragments"].push_back(i);
  entry["steps"][0]["send"] = "text";
  const std::string text = laid_out_entry(entry, 4);
  EXPECT_EQ(text.find("    {\n      \"steps\": [\n        {\n          \"fragments\": [\n"), 0u)
      << text;
  EXPECT_NE(text.find("          ],\n          \"send\": \"text\"\n        }\n"), std::string::npos)
      << text;
  EXPECT_EQ(Json::parse(text), entry);
  for (std::size_t at = 0; at < text.size(); at = std::min(text.find('\n', at), text.size()) + 1)
    EXPECT_LE(width_of(std::string_view(text).substr(at, text.find('\n', at) - at)), widest_line);
}

TEST(LaidOutFile, IndentsEntries) {
  EXPECT_EQ(laid_out_file(Json::parse(
                R"({"title":"T","cases":[{"id":"a"},{"id":"b","steps":[{"expect":"open"}]}]})")),
            R"({
  "title": "T",
  "cases": [
    {
      "id": "a"
    },
    {
      "id": "b",
      "steps": [
        { "expect": "open" }
      ]
    }
  ]
}
)");
}

}  // namespace
}  // namespace wsconform::case_layout_test
