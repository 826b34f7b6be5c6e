#include "core/machine_fault.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <string>

namespace wsconform::machine_fault_test {
namespace {

std::error_code system_error(int number) {
  return {number, std::system_category()};
}

TEST(MachineFault, IsWhatTheMachineHasNoMoreOf) {
  for (const int number : {EMFILE, ENFILE, ENOMEM, ENOBUFS, ENOSPC})
    EXPECT_TRUE(is_machine_fault(system_error(number))) << number;
}

TEST(MachineFault, IsNothingThatAPeerDoes) {
  for (const int number : {0, ECONNREFUSED, ECONNRESET, ETIMEDOUT, EACCES, EADDRINUSE})
    EXPECT_FALSE(is_machine_fault(system_error(number))) << number;
}

TEST(MachineFault, IsThrownWithWhatCouldNotBeDone) {
  EXPECT_NO_THROW(throw_if_machine_fault(system_error(ECONNREFUSED), "cannot connect"));
  try {
    throw_if_machine_fault(system_error(EMFILE), "cannot open a connection");
    FAIL() << "nothing was thrown";
  } catch (const MachineFault& fault) {
    EXPECT_EQ(std::string(fault.what()), "cannot open a connection: Too many open files");
  }
}

}  // namespace
}  // namespace wsconform::machine_fault_test
