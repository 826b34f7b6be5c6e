#include "cli/written_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <system_error>

#include "runner/input/input_error.h"

namespace wsconform::written_file_test {
namespace {

namespace fs = std::filesystem;

void write_hello(std::ostream& out) {
  out << "Hello";
}

// The error of writing so many bytes; 0: there was none.
int error_of_writing(const std::string& path, std::size_t bytes) {
  try {
    write_file(path, [&](std::ostream& out) { out << std::string(bytes, 'x'); });
    return 0;
  } catch (const std::system_error& error) {
    EXPECT_EQ(std::string(error.what()).substr(0, path.size() + 2), path + ": ");
    return error.code().value();
  }
}

TEST(WrittenFile, HoldsWhatWasWritten) {
  const std::string path = testing::TempDir() + "written_file_" + std::to_string(getpid());
  write_file(path, [](std::ostream& out) { out << "more than the next time"; });
  write_file(path, write_hello);
  std::ifstream file(path);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), "Hello");
  fs::remove(path);
}

TEST(WrittenFile, IsAFaultOfTheMachineWhereTheDiskIsFull) {
  EXPECT_EQ(error_of_writing("/dev/full", 1), ENOSPC) << "found out when it is closed";
  EXPECT_EQ(error_of_writing("/dev/full", 1'000'000), ENOSPC) << "found out while it is written";
}

TEST(WrittenFile, IsAFaultOfTheMachineWhereTheStreamFails) {
  const std::string path = testing::TempDir() + "written_file_" + std::to_string(getpid());
  EXPECT_THROW(write_file(path, [](std::ostream& out) { out.setstate(std::ios::badbit); }),
               std::system_error);
  fs::remove(path);
}

TEST(WrittenFile, IsAMistakeOfTheUserWhereNoFileCanStand) {
  EXPECT_THROW(write_file("/nonexistent/folder/file", write_hello), UsageError);
  EXPECT_THROW(write_file(testing::TempDir(), write_hello), UsageError);
  EXPECT_THROW(write_file("/dev/null/file", write_hello), UsageError);
}

}  // namespace
}  // namespace wsconform::written_file_test
