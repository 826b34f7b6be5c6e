#include "reports/results/stop.h"

#include <gtest/gtest.h>

namespace wsconform::stop_test {
namespace {

TEST(WordsForAStop, SayWhyTheRunEnded) {
  using Kind = Stop::Kind;
  EXPECT_EQ(words({Kind::interrupted}), "interrupted");
  EXPECT_EQ(words({Kind::unexpected_result}), "stopped at the first unexpected result");
  EXPECT_EQ(words({Kind::target_died, {"a/1", "b"}, {}}),
            "the target died or hangs; cases under way: a/1, b");
  EXPECT_EQ(words({Kind::out_of_time, {}, "3 cases"}),
            "its time was up (--max-time); left out: 3 cases");
  EXPECT_EQ(words({Kind::machine_fault, {}, "there is not enough memory"}),
            "the machine that wsconform runs on failed: there is not enough memory");
  EXPECT_EQ(words({Kind::killed}), "wsconform was killed");
  EXPECT_EQ(
      words({Kind::target_silent, {}, "TCP was refused."}),
      "after the last case, the target did not serve an ordinary connection: TCP was refused");
}

TEST(SentenceAboutAStop, SaysWhetherTheRunWentToItsEnd) {
  EXPECT_EQ(sentence_about({Stop::Kind::interrupted}), "The run ended early: interrupted.");
  EXPECT_EQ(
      sentence_about({Stop::Kind::target_silent, {}, "TCP was refused."}),
      "After the last case, the target did not serve an ordinary connection: TCP was refused.");
}

}  // namespace
}  // namespace wsconform::stop_test
