#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/exit_code.h"
#include "cli/tested_program.h"

namespace wsconform::fuzz_campaign_test {
namespace {

using testing::HasSubstr;

// Two findings, of one target whose program is there and of one whose program is not.
class FuzzReplay : public tested::Program {
 protected:
  void SetUp() override {
    Program::SetUp();
    write("programs/stub_fuzzer",
          "#!/bin/sh\nfor last; do :; done\ngrep -q bad \"$last\" && exit 3\nexit 0\n");
    std::filesystem::permissions(path("programs/stub_fuzzer"), std::filesystem::perms::owner_all);
    write("kept/findings/stub/cause", "bad");
    write("kept/findings/stub/cause.txt", "1\nIt is wrong.\n");
  }
  tested::Ended replay(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"fuzz",       "replay",     "--folder",
                                          path("kept"), "--programs", path("programs")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return tested::run(std::move(arguments));
  }
};

TEST_F(FuzzReplay, TakesAProgramThatFailsWithoutAWordForStillFailing) {
  const tested::Ended ended = replay({"--drop-fixed"});
  EXPECT_EQ(ended.exit_code, exit_unexpected);
  EXPECT_THAT(ended.out, HasSubstr("STILL FAILING  stub/cause\n"));
  EXPECT_THAT(ended.out, HasSubstr("now with another cause: ended-by-exit-code-3"));
  EXPECT_TRUE(std::filesystem::exists(path("kept/findings/stub/cause")));
}

TEST_F(FuzzReplay, DropsWhatIsFixedWhereThatIsAsked) {
  write("kept/findings/stub/cause", "good");
  EXPECT_THAT(replay().out, HasSubstr("FIXED          stub/cause\n"));
  EXPECT_TRUE(std::filesystem::exists(path("kept/findings/stub/cause")));
  EXPECT_EQ(replay({"--drop-fixed"}).exit_code, exit_as_expected);
  EXPECT_FALSE(std::filesystem::exists(path("kept/findings/stub/cause")));
}

TEST_F(FuzzReplay, TellsOfAFindingWhoseProgramIsNotThere) {
  write("kept/findings/stub/cause", "good");
  write("kept/findings/gone/other", "x");
  const tested::Ended ended = replay({"--drop-fixed"});
  EXPECT_EQ(ended.exit_code, exit_usage);
  EXPECT_THAT(ended.out, HasSubstr("NOT PLAYED     gone/other\n"));
  EXPECT_THAT(ended.out, HasSubstr("1 not played"));
  EXPECT_TRUE(std::filesystem::exists(path("kept/findings/gone/other")));
  EXPECT_EQ(replay({"stub"}).exit_code, exit_as_expected);
}

}  // namespace
}  // namespace wsconform::fuzz_campaign_test
