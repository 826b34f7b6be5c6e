#include "reports/results/cause_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/handshake_fault.h"
#include "core/violation.h"
#include "reports/results/fault_words.h"
#include "reports/results/results.h"

namespace wsconform::cause_words_test {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

CauseWords words(Cause cause, const Results& results = {}) {
  CaseResult shown;
  shown.says = "An empty line before the request is skipped.";
  CauseGroup group;
  group.cause = std::move(cause);
  group.cases = {&shown};
  group.simplest = &shown;
  return words_for(group, results);
}

void expect_told(const CauseWords& told, std::string_view name) {
  EXPECT_FALSE(told.title.empty()) << name;
  EXPECT_THAT(told.rule, EndsWith(".")) << name;
  EXPECT_THAT(told.why, EndsWith(".")) << name;
  EXPECT_THAT(told.change, EndsWith(".")) << name;
}

TEST(CauseWords, TellsOfEveryRuleThatWeBreakOrTheTargetDoes) {
  for (const Rule& rule : rules()) {
    const std::string name(rule.name);
    expect_told(words({name, "accepted"}), name);
    expect_told(words({name, ""}), name);
    EXPECT_EQ(words({name, "accepted"}).section, words({name, ""}).section) << name;
  }
  for (const HandshakeRule& rule : handshake_rules()) {
    const std::string name(rule.name);
    expect_told(words({name, ""}), name);
    if (rule.status == 0) continue;
    expect_told(words({name, "accepted"}), name);
    EXPECT_THAT(words({name, "accepted"}).change,
                HasSubstr("status " + std::to_string(rule.status)));
  }
}

TEST(CauseWords, HasNoRowTwice) {
  std::set<std::string_view> names;
  for (const SentFaultWords& each : sent_fault_words())
    EXPECT_TRUE(names.insert(each.name).second) << each.name;
  for (const OwnFaultWords& each : own_fault_words())
    EXPECT_TRUE(names.insert(each.name).second) << each.name;
}

TEST(CauseWords, TellsWhatWasSentAndWhatCame) {
  const CauseWords told = words({"invalid-utf8", "accepted"});
  EXPECT_EQ(told.title, "A text message that is not UTF-8: accepted");
  EXPECT_EQ(told.section, "RFC 6455 §8.1");
  EXPECT_EQ(told.url, "https://www.rfc-editor.org/rfc/rfc6455#section-8.1");
  EXPECT_THAT(told.change, HasSubstr("Close with code 1007"));
}

TEST(CauseWords, AsksForTheBugWhereTheTargetEnded) {
  EXPECT_THAT(words({"length-high-bit", "died"}).title, EndsWith(": the target died"));
  EXPECT_THAT(words({"length-high-bit", "died"}).change, StartsWith("Find what the frame does"));
  EXPECT_THAT(words({"extensions-malformed", "hung"}).change,
              StartsWith("Find what the head does"));
}

TEST(CauseWords, TellsTheRuleThatTheTargetBroke) {
  EXPECT_EQ(words({"masked-server-frame", ""}).title,
            "The target breaks a framing rule: A frame from the server was masked");
  EXPECT_EQ(words({"accept-wrong", ""}).title, "A wrong Sec-WebSocket-Accept");
  EXPECT_EQ(words({"accept-wrong", ""}).section, "RFC 6455 §4.1");
}

TEST(CauseWords, NamesWhatWasOffered) {
  const CauseWords told = words({"offer-server-max-window-bits", "status-400"});
  EXPECT_EQ(told.title, "An offer of permessage-deflate with server_max_window_bits: status 400");
  EXPECT_EQ(told.section, "RFC 7692 §5");
  EXPECT_EQ(words({"offer-permessage-deflate", "silence"}).title,
            "An offer of permessage-deflate: silence");
}

TEST(CauseWords, TakesTheWordsOfTheRequirementWhereThatIsAllThatIsKnown) {
  Results results;
  Requirement known;
  known.id = "rfc9112/2.2-leading-empty-line";
  known.standard = "rfc9112";
  known.section = "2.2";
  known.says = "A server skips an empty line before a request.";
  results.requirements = {known};
  const CauseWords told = words({known.id, "status-400"}, results);
  EXPECT_EQ(told.title, "A server skips an empty line before a request; instead: status 400");
  EXPECT_EQ(told.rule, known.says);
  EXPECT_EQ(told.section, "RFC 9112 §2.2");
  EXPECT_EQ(told.url, "https://www.rfc-editor.org/rfc/rfc9112#section-2.2");
  EXPECT_EQ(told.change,
            "Change the server so that this holds: An empty line before the request is skipped.");
  EXPECT_THAT(words({known.id, "died"}, results).change, StartsWith("Find out what ends the"));
  EXPECT_THAT(words({known.id, "hung"}, results).change, StartsWith("Find out what the program"));
}

TEST(CauseWords, TakesTheWordsOfTheCaseWhereTheRequirementIsNotKnown) {
  const CauseWords told = words({"rfc6455/none", "open"});
  EXPECT_EQ(told.title,
            "An empty line before the request is skipped; instead: the connection stayed open");
  EXPECT_EQ(told.change, "");
  EXPECT_EQ(told.section, "");
}

TEST(CauseWords, CitesTheRegistryOfCloseCodes) {
  Results results;
  Requirement code;
  code.id = "iana-close-codes/1014-bad-gateway";
  code.standard = "iana-close-codes";
  code.section = "1014";
  code.says = "1014 is valid.";
  results.requirements = {code};
  EXPECT_EQ(words({code.id, "close-1002"}, results).section,
            "IANA's registry of close codes, 1014");
}

TEST(WordsForCame, TellsStatusesCodesAndFields) {
  EXPECT_EQ(words_for_came("status-400"), "status 400");
  EXPECT_EQ(words_for_came("close-1000"), "Close 1000");
  EXPECT_EQ(words_for_came("close-without-code"), "a Close without a code");
  EXPECT_EQ(words_for_came("no-allow"), "no Allow field");
  EXPECT_EQ(words_for_came("wrong-date"), "a wrong Date field");
}

}  // namespace
}  // namespace wsconform::cause_words_test
