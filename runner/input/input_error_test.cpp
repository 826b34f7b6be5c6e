#include "runner/input/input_error.h"

#include <gtest/gtest.h>

namespace wsconform::input_error_test {
namespace {

TEST(InputError, IsOneLineWithPathLineAndPointer) {
  EXPECT_STREQ(InputError("a.json", 7, "/cases/0", "is wrong").what(),
               "a.json:7: /cases/0: is wrong");
}

TEST(InputError, LeavesOutWhatIsNotKnown) {
  EXPECT_STREQ(InputError("a.json", 0, "", "cannot be read").what(), "a.json: cannot be read");
}

TEST(InputError, KeepsHostileBytesOffTheTerminal) {
  EXPECT_STREQ(InputError("a", 1, "", "x\x1b[2J\ny\xff").what(), "a:1: x\\x1b[2J\\ny\\xff");
}

}  // namespace
}  // namespace wsconform::input_error_test
