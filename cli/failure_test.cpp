#include "cli/failure.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <new>
#include <stdexcept>
#include <system_error>

#include "core/tls_session.h"
#include "runner/input/input_error.h"
#include "runner/suite/suite_run.h"
#include "server-under-test/server.h"

namespace wsconform::failure_test {
namespace {

template <typename Error>
Failure of(const Error& error) {
  return failure_of(std::make_exception_ptr(error));
}

TEST(Failure, IsWrongUsageWhereTheUserGaveUsWhatCannotBeUsed) {
  EXPECT_EQ(of(UsageError("--pid 1: no.")), (Failure{exit_usage, "--pid 1: no."}));
  EXPECT_EQ(of(InputError("a.json", 2, "/x", "is no text")),
            (Failure{exit_usage, "a.json:2: /x: is no text"}));
  EXPECT_EQ(of(TlsConfigurationError("no key")).code, exit_usage);
}

TEST(Failure, IsAnUnreachableTargetWhateverItsWords) {
  EXPECT_EQ(of(TargetUnreachable("Nobody listens.")),
            (Failure{exit_unreachable, "Nobody listens."}));
  EXPECT_EQ(of(std::runtime_error("the target died")).code, exit_fault);
}

TEST(Failure, IsOurOwnWhereTheMachineHasNoMoreOfSomething) {
  for (const int number : {ENOSPC, EMFILE, ENOMEM, EACCES})
    EXPECT_EQ(of(std::system_error(number, std::generic_category(), "x")).code, exit_fault);
  EXPECT_EQ(of(std::system_error(ENOSPC, std::generic_category(), "out.json")).sentence,
            "out.json: No space left on device");
  EXPECT_EQ(of(std::bad_alloc()), (Failure{exit_fault, "there is not enough memory"}));
}

TEST(Failure, IsOurOwnWhereNobodyKnowsWhatItIs) {
  EXPECT_EQ(of(std::logic_error("no such state")), (Failure{exit_fault, "no such state"}));
  EXPECT_EQ(of(7).code, exit_fault);
}

}  // namespace
}  // namespace wsconform::failure_test
