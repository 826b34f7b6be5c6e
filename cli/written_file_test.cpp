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

TEST(WrittenFile, KeepsWhatStoodThereWhereItFails) {
  const std::string path = testing::TempDir() + "written_file_" + std::to_string(getpid());
  write_file(path, write_hello);
  EXPECT_THROW(write_file(path, [](std::ostream& out) { out.setstate(std::ios::badbit); }),
               std::system_error);
  std::ifstream file(path);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), "Hello");
  fs::remove(path);
}

TEST(WrittenFile, IsTriedWithoutATrace) {
  const std::string folder = testing::TempDir() + "written_file_folder_" + std::to_string(getpid());
  fs::create_directory(folder);
  try_to_write(folder + "/file");
  EXPECT_TRUE(fs::is_empty(folder));
  EXPECT_THROW(try_to_write(folder + "/no/file"), UsageError);
  EXPECT_THROW(try_to_write(folder), UsageError);
  EXPECT_THROW(try_to_write(folder + "/"), UsageError);
  EXPECT_THROW(try_to_write("/sys/file"), std::system_error);
  try_to_write("/dev/null");
  fs::remove(folder);
}

TEST(WritesFail, WhereNobodyReadsAPipeAnyMore) {
  const WritesFail while_it_lives;
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  close(ends[0]);
  EXPECT_EQ(write(ends[1], "x", 1), -1);
  EXPECT_EQ(errno, EPIPE);
  close(ends[1]);
}

TEST(WrittenFile, IsAMistakeOfTheUserWhereNoFileCanStand) {
  EXPECT_THROW(write_file("/nonexistent/folder/file", write_hello), UsageError);
  EXPECT_THROW(write_file(testing::TempDir(), write_hello), UsageError);
  EXPECT_THROW(write_file("/dev/null/file", write_hello), UsageError);
}

}  // namespace
}  // namespace wsconform::written_file_test
