#include "fuzz/campaign/fuzzer_log.h"

#include <gtest/gtest.h>

namespace wsconform::fuzzer_log_test {
namespace {

constexpr std::string_view under_way =
    "INFO: Seed: 7\n#2\tINITED cov: 40 ft: 41 corp: 1/1b exec/s: 0 rss: 30Mb\n"
    "#1048576\tpulse  cov: 812 ft: 2100 corp: 90/3Kb lim: 4096 exec/s: 52428 rss: 60Mb\n";

TEST(FuzzerLog, TellsHowFarItIs) {
  EXPECT_EQ(progress_of(under_way), (FuzzerProgress{1048576, 812}));
  EXPECT_EQ(progress_of(std::string(under_way) + "stat::number_of_executed_units: 2000000\n"),
            (FuzzerProgress{2000000, 812}));
  EXPECT_EQ(progress_of(""), FuzzerProgress{});
}

TEST(FuzzerLog, TellsOfNoFaultWhereThereIsNone) {
  EXPECT_EQ(fault_of(under_way), std::nullopt);
}

TEST(FuzzerLog, TellsPropertiesApartByTheirSentenceWithoutItsNumbers) {
  const auto one = fault_of("The property does not hold: 300000 bytes were held for 12\n");
  const auto other = fault_of("The property does not hold: 7 bytes were held for 3\n");
  ASSERT_TRUE(one && other);
  EXPECT_EQ(one->cause, "bytes-were-held-for");
  EXPECT_EQ(one->cause, other->cause);
  EXPECT_EQ(one->says, "300000 bytes were held for 12");
}

TEST(FuzzerLog, TellsCrashesApartByTheInnermostOfOurFunctions) {
  const auto fault = fault_of(
      "==9==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x60 at pc 0x1\n"
      "    #0 0x1 in __asan_memcpy (/x+0x1)\n"
      "    #1 0x2 in wsconform::decode_header(std::span<unsigned char>) "
      "core/frame_decoder.cpp:9:3\n"
      "    #2 0x3 in LLVMFuzzerTestOneInput fuzz/frame_stream_fuzzer.cpp:8:3\n");
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->cause, "heap-buffer-overflow-in-decode-header");
  EXPECT_TRUE(fault->stack.starts_with("#0 0x1 in __asan_memcpy"));
}

TEST(FuzzerLog, TellsOfTimeAndOfMemory) {
  EXPECT_EQ(fault_of("==1== ERROR: libFuzzer: timeout after 10 seconds\n")->cause,
            "timeout-after-seconds-in-outside");
  EXPECT_EQ(fault_of("x.cpp:3:1: runtime error: shift exponent 64 is too large\n"
                     "    #0 0x2 in wsconform::mask(int) core/masking.cpp:3:1\n")
                ->cause,
            "shift-exponent-is-too-large-in-mask");
}

TEST(FuzzerLog, TellsOfLeaks) {
  const auto fault = fault_of(
      "==9==ERROR: LeakSanitizer: detected memory leaks\n"
      "    #0 0x1 in malloc (/x+0x1)\n"
      "    #1 0x2 in wsconform::Inflater::Inflater(int) core/inflater.cpp:9:3\n");
  ASSERT_TRUE(fault);
  EXPECT_TRUE(fault->cause.starts_with("detected-memory-leaks-in-"));
}

TEST(FuzzerLog, NamesAnEndThatNothingWasSaidOf) {
  EXPECT_EQ(fault_without_a_word("SIGKILL (Killed), which its shell tells by exit code 137").cause,
            "ended-by-SIGKILL");
  EXPECT_EQ(fault_without_a_word("exit code 3"),
            (FuzzerFault{"ended-by-exit-code-3",
                         "The program ended by exit code 3 and said nothing of why.", ""}));
}

TEST(FuzzerLog, MakesNamesOfFilesOutOfAnything) {
  const auto fault =
      fault_of("The property does not hold: ../../etc/passwd \x01" + std::string(300, 'a'));
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->cause.find('/'), std::string::npos);
  EXPECT_LE(fault->cause.size(), 96U);
}

}  // namespace
}  // namespace wsconform::fuzzer_log_test
