#include "runner/input/text_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "runner/input/input_error.h"

namespace wsconform::text_file_test {
namespace {

namespace fs = std::filesystem;

// A folder of the test's own, removed behind it.
class ReadTextFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "wsconform-text-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path file_of(const std::string& text) const {
    std::ofstream(folder_ / "file", std::ios::binary) << text;
    return folder_ / "file";
  }
  fs::path pipe() const {
    mkfifo((folder_ / "pipe").c_str(), 0600);
    return folder_ / "pipe";
  }

  static std::string fault_of(const fs::path& path, std::size_t max_size = 100) {
    try {
      read_text_file(path, max_size, std::chrono::milliseconds(20));
    } catch (const InputError& error) {
      EXPECT_EQ(error.path(), path.string());
      return error.message();
    }
    return "";
  }

  fs::path folder_;
};

TEST_F(ReadTextFile, GivesEveryByte) {
  const std::string text("a\0\r\n\xFF", 5);
  EXPECT_EQ(read_text_file(file_of(text), 5), text);
  EXPECT_EQ(read_text_file(file_of(""), 0), "");
  const std::string large(200'000, 'x');
  EXPECT_EQ(read_text_file(file_of(large), large.size()), large);
}

TEST_F(ReadTextFile, LeavesOutAByteOrderMark) {
  EXPECT_EQ(read_text_file(file_of("\xEF\xBB\xBF{}"), 10), "{}");
}

TEST_F(ReadTextFile, RefusesOneThatIsTooLarge) {
  EXPECT_EQ(fault_of(file_of("12345"), 4), "is larger than 4 bytes");
  EXPECT_EQ(fault_of("/dev/zero", 1024 * 1024), "is larger than 1 MiB");
}

TEST_F(ReadTextFile, TellsWhatCannotBeRead) {
  EXPECT_EQ(fault_of(folder_ / "missing"), "cannot be read: No such file or directory");
  EXPECT_EQ(fault_of(folder_), "cannot be read: Is a directory");
}

TEST_F(ReadTextFile, WaitsForNobodyAtAPipe) {
  EXPECT_EQ(fault_of(pipe()), "is a pipe into which nobody writes");
}

TEST_F(ReadTextFile, ReadsAPipeToItsEnd) {
  const fs::path path = pipe();
  std::thread writer([&] { std::ofstream(path) << "through a pipe"; });
  EXPECT_EQ(read_text_file(path, 100), "through a pipe");
  writer.join();
}

}  // namespace
}  // namespace wsconform::text_file_test
