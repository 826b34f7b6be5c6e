#include "runner/suite/spent.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runner/casebook/case.h"

namespace wsconform::spent_test {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;

constexpr std::uint64_t mib = 1024 * 1024;

CaseResult judged_by(const Spent& spent, bool others = false, Verdict before = Verdict::pass,
                     std::uint64_t sent = 14) {
  CaseResult result;
  result.verdict = before;
  result.ground = "ending-fitted";
  result.came = "close-1000";
  result.reason = "as before";
  result.expected = "a Close";
  result.received = "Close 1000";
  WireEntry entry;
  entry.direction = WireEntry::Direction::sent;
  entry.size = sent;
  result.wire = {entry};
  judge(result, spent, others);
  return result;
}

Spent memory(std::uint64_t peak) {
  Spent spent;
  spent.peak_grown = peak;
  return spent;
}

Spent spinning() {
  Spent spent;
  spent.busy = 10s;
  spent.spinning = true;
  return spent;
}

TEST(Judge, TellsWhatWasSpentAndLeavesTheVerdict) {
  Spent spent;
  spent.cpu = 12ms;
  spent.grown = -3 * static_cast<std::int64_t>(mib);
  spent.peak_grown = 5 * mib / 2;
  const CaseResult result = judged_by(spent);
  EXPECT_EQ(result.verdict, Verdict::pass);
  EXPECT_EQ(result.reason, "as before");
  EXPECT_EQ(result.notes, std::vector<std::string>{"The target used 12 ms of CPU time; its memory "
                                                   "shrank by 3.0 MiB, at most by 2.5 MiB."});
}

TEST(Judge, FailsATargetOfOursThatSpins) {
  const CaseResult result = judged_by(spinning());
  EXPECT_EQ(result.verdict, Verdict::fail);
  EXPECT_EQ(result.reason,
            "The target spins: 10 s after the last connection was closed it still uses a whole "
            "core.");
  EXPECT_EQ(key_of(result.cause), "busy-without-connections");
}

TEST(Judge, LeavesNothingOfTheVerdictBeforeThatTellsWhy) {
  const CaseResult spins = judged_by(spinning());
  EXPECT_EQ(spins.ground, "busy-without-connections");
  EXPECT_EQ(spins.came + spins.expected + spins.received, "");
  const CaseResult grown = judged_by(memory(512 * mib));
  EXPECT_EQ(grown.ground, "memory-beyond-what-was-sent");
  EXPECT_EQ(grown.came + grown.expected + grown.received, "");
  const CaseResult failed = judged_by(spinning(), false, Verdict::fail);
  EXPECT_EQ(failed.ground, "ending-fitted");
  EXPECT_EQ(failed.expected, "a Close");
}

TEST(Judge, IsLenientWithATargetThatOthersMayKeepBusy) {
  EXPECT_EQ(judged_by(spinning(), true).verdict, Verdict::lenient);
}

TEST(Judge, IsLenientWithMemoryThatIsTakenForWhatNeverCame) {
  const CaseResult result = judged_by(memory(512 * mib));
  EXPECT_EQ(result.verdict, Verdict::lenient);
  EXPECT_EQ(result.reason, "The target's memory grew by 512.0 MiB for 14 bytes that were sent.");
}

TEST(Judge, LeavesMemoryThatAHeapMayTakeByItself) {
  EXPECT_EQ(judged_by(memory(200 * mib)).verdict, Verdict::pass);
}

TEST(Judge, LeavesMemoryThatIsInProportionToWhatWasSent) {
  EXPECT_EQ(judged_by(memory(512 * mib), false, Verdict::pass, 16 * mib).verdict, Verdict::pass);
}

TEST(Judge, LeavesMemoryWhereNotAllThatWasSentIsKnown) {
  CaseResult result;
  result.verdict = Verdict::pass;
  result.wire_left_out = 1;
  judge(result, memory(512 * mib), false);
  EXPECT_EQ(result.verdict, Verdict::pass);
}

TEST(Judge, OnlyNotesWhatItFindsWhereThereIsAFailureOrNoVerdict) {
  for (const Verdict before : {Verdict::fail, Verdict::error, Verdict::skipped}) {
    const CaseResult result = judged_by(spinning(), false, before);
    EXPECT_EQ(result.verdict, before);
    EXPECT_EQ(result.reason, "as before");
    EXPECT_THAT(result.notes, Contains(HasSubstr("spins")));
  }
}

TEST(IsSuspicious, IsWhatSpinsOrTakesMuch) {
  EXPECT_FALSE(is_suspicious({}));
  EXPECT_TRUE(is_suspicious(spinning()));
  EXPECT_TRUE(is_suspicious(memory(256 * mib)));
}

TEST(IsWatched, IsACaseAboutProtectionOrALengthThatNeverComes) {
  Case ordinary;
  ordinary.section = "rfc6455/5.2-length-faults";
  EXPECT_FALSE(is_watched(ordinary));
  Case declared = ordinary;
  SendFrame frame;
  frame.declared_length = 1U << 31;
  declared.steps = {frame};
  EXPECT_TRUE(is_watched(declared));
  Case security;
  security.section = "security/frames";
  EXPECT_TRUE(is_watched(security));
}

}  // namespace
}  // namespace wsconform::spent_test
