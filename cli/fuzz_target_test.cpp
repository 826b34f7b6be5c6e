#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/exit_code.h"
#include "cli/tested_program.h"
#include "server-under-test/planted_defects.h"

namespace wsconform::fuzz_target_test {
namespace {

using tested::Ended;
using tested::run;
using tested::RunningServer;
using testing::HasSubstr;

class FuzzTarget : public tested::Program {
 protected:
  Ended fuzz(const std::string& url, const std::vector<std::string>& options) {
    std::vector<std::string> arguments = {"fuzz",    "target", url,          "--seed",        "1",
                                          "--cases", cases(),  "--findings", path("findings")};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return run(std::move(arguments));
  }
};

TEST_F(FuzzTarget, FindsNothingInAFewSessionsOfTheReferenceServer) {
  const RunningServer server;
  const Ended ended = fuzz(server.url(), {"--count", "100"});
  EXPECT_EQ(ended.exit_code, exit_as_expected) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("0 findings"));
}

// The sessions overlook it, or none would come further.
TEST_F(FuzzTarget, TellsWhatIsWrongWithEach101AsAFinding) {
  ServerOptions wrong;
  wrong.echo.defect = defect_named("accept-in-lower-case");
  const RunningServer server(std::move(wrong));
  const Ended ended = fuzz(server.url(), {"--until-found"});
  EXPECT_EQ(ended.exit_code, exit_unexpected) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("\nfinding  Every 101: "));
}

}  // namespace
}  // namespace wsconform::fuzz_target_test
