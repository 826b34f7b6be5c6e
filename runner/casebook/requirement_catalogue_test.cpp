#include "runner/casebook/requirement_catalogue.h"

#include <gtest/gtest.h>

#include <set>

#include "runner/input/input_error.h"

namespace wsconform::requirement_catalogue_test {
namespace {

std::string file(std::string_view entry) {
  return R"({"standard": "rfc1", "title": "T", "requirements": [)" + std::string(entry) + "]}";
}

constexpr std::string_view good =
    R"({"id": "rfc1/2.3-a", "section": "2.3", "level": "must", "binds": ["server"], "says": "It is.", "testable": true})";

std::string fault(std::string_view text) {
  try {
    requirements_of(JsonSource::parse("p", text));
  } catch (const InputError& error) {
    return error.pointer() + ": " + error.message();
  }
  return "";
}

TEST(RequirementCatalogue, ReadsARequirement) {
  const auto read = requirements_of(JsonSource::parse("p", file(good)));
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].id, "rfc1/2.3-a");
  EXPECT_EQ(read[0].standard, "rfc1");
  EXPECT_EQ(read[0].section, "2.3");
  EXPECT_EQ(read[0].level, Level::must);
  EXPECT_EQ(read[0].says, "It is.");
  EXPECT_EQ(read[0].binds, (std::vector<Role>{Role::server}));
  EXPECT_TRUE(read[0].testable);
}

TEST(RequirementCatalogue, RefusesWhatIsNoRequirement) {
  EXPECT_EQ(fault("[]"), ": is no list of requirements: it lacks \"standard\" or \"requirements\"");
  EXPECT_EQ(fault(file("1")), "/requirements/0: is no object");
  EXPECT_EQ(fault(file("{}")), "/requirements/0: lacks the member \"id\"");
  EXPECT_EQ(fault(file(R"({"idd": 1})")), "/requirements/0: has an unknown member \"idd\"");
  EXPECT_EQ(fault(file(std::string(good) + "," + std::string(good))),
            "/requirements/1/id: stands a second time");
}

std::string with(std::string_view from, std::string_view to) {
  std::string text(good);
  text.replace(text.find(from), from.size(), to);
  return file(text);
}

TEST(RequirementCatalogue, RefusesWrongMembers) {
  EXPECT_EQ(fault(with("rfc1/2.3-a", "rfc2/2.3-a")),
            "/requirements/0/id: does not begin with its standard and section");
  EXPECT_EQ(fault(with("\"must\"", "\"MUST\"")),
            "/requirements/0/level: is none of must, should and may");
  EXPECT_EQ(fault(with("\"server\"", "\"proxy\"")),
            "/requirements/0/binds: names another side than server and client");
  EXPECT_EQ(fault(with("[\"server\"]", "[]")), "/requirements/0/binds: is no list of texts");
  EXPECT_EQ(fault(with("true", "1")), "/requirements/0/testable: is neither true nor false");
  EXPECT_EQ(fault(with("true", "false")), "/requirements/0: lacks the member \"because\"");
}

TEST(RequirementCatalogue, OfTheSuiteLoadsWithUniqueIds) {
  const auto all = load_requirements(WSCONFORM_SOURCE_DIR "/cases");
  std::set<std::string> ids;
  for (const Requirement& each : all) EXPECT_TRUE(ids.insert(each.id).second) << each.id;
  ASSERT_NE(find_requirement(all, "rfc6455/5.5-control-payload-125"), nullptr);
  EXPECT_EQ(find_requirement(all, "rfc6455/none"), nullptr);
}

TEST(RequirementCatalogue, IsEmptyWhereThereIsNoFolder) {
  EXPECT_TRUE(load_requirements("/nonexistent").empty());
}

}  // namespace
}  // namespace wsconform::requirement_catalogue_test
