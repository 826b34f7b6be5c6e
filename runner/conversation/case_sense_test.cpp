#include "runner/conversation/case_sense.h"

#include <gtest/gtest.h>

#include "runner/casebook/autobahn_ids.h"
#include "runner/casebook/cases_from_text.h"

namespace wsconform::case_sense_test {
namespace {

Case of(std::string_view steps) {
  return cases_from(entry_text(steps)).front();
}

TEST(CaseSense, KnowsWhatARunFindsOut) {
  Case made;
  made.needs = {"echo", "permessage-deflate", "x-of-ours"};
  EXPECT_EQ(fault_of_needs(made), "");
  made.needs = {"ecko"};
  EXPECT_EQ(fault_of_needs(made),
            "needs \"ecko\", which no run finds out (a need of your own begins with \"x-\")");
}

TEST(CaseSense, KnowsTheIdsOfAutobahn) {
  for (const std::string_view id : {"1.1.1", "2.11", "6.22.34", "6.1.3", "13.7.18", "10.1.1"})
    EXPECT_TRUE(is_autobahn_id(id)) << id;
  for (const std::string_view id : {"", "1", "1.1", "1.1.", "1.1.9", "6.22.35", "6.1.03", "8.1",
                                    "2.0", "2.1.1", "13.8.1", "1.1.1x", "2.99999999999"})
    EXPECT_FALSE(is_autobahn_id(id)) << id;
  Case made;
  made.autobahn = {"1.1.1", "99.1"};
  EXPECT_EQ(fault_of_autobahn_ids(made), "names \"99.1\", which is no id of Autobahn's");
}

TEST(CaseSense, TakesAnswersToWhatWasSent) {
  for (
      const std::string_view steps : {
          R"({"send": "ping"}, {"expect": "pong"})",
          R"({"send": "text", "payload": "a"}, {"expect": "text"})",
          R"({"send": "text", "payload": "a", "fin": false}, {"send": "continuation"}, {"expect": "text"})",
          R"({"send": "bytes", "payload": {"hex": "8900"}}, {"expect": "pong"})",
          R"({"send": "text", "payload": "a", "times": 2}, {"expect": "text"}, {"expect": "echo"})",
          R"({"connect": "again"}, {"send": "text", "payload": "a", "heard-by": [1, 2]}, {"expect": "text"},
             {"turn-to": 1}, {"expect": "text"})",
      })
    EXPECT_EQ(fault_of_answers(of(steps)), "") << steps;
}

TEST(CaseSense, FindsAnswersToNothing) {
  EXPECT_EQ(fault_of_answers(of(R"({"expect": "pong"})")), "awaits a Pong, and no Ping was sent");
  EXPECT_EQ(fault_of_answers(of(R"({"expect": "text"})")),
            "awaits a message, and none that is unanswered was sent");
  EXPECT_EQ(fault_of_answers(of(R"({"send": "text", "payload": "a"}, {"expect": "binary"})")),
            "awaits a binary message in answer to a text one");
  EXPECT_EQ(fault_of_answers(of(R"({"send": "ping"}, {"connect": "again"}, {"expect": "pong"})")),
            "awaits a Pong, and no Ping was sent");
  EXPECT_EQ(fault_of_answers(of(R"({"connect": "again"}, {"send": "text", "payload": "a"},
                                   {"turn-to": 1}, {"expect": "text"})")),
            "awaits a message, and none that is unanswered was sent");
}

TEST(CaseSense, FindsADimensionThatNothingUses) {
  const Json used = Json::parse(R"({"says": "A {size} of {row.name}.", "each": {"size": [1],
                                    "row": [{"name": "a"}]}})");
  EXPECT_EQ(unused_dimension(used), "");
  const Json unused = Json::parse(R"({"says": "A size.", "each": {"size": [1, 2]}})");
  EXPECT_EQ(unused_dimension(unused), "size");
  EXPECT_EQ(unused_dimension(Json::parse(R"({"says": "A size."})")), "");
}

}  // namespace
}  // namespace wsconform::case_sense_test
