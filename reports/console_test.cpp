#include "reports/console.h"

#include <gmock/gmock.h>

#include <sstream>

#include "reports/results/sample_results.h"

namespace wsconform::console_test {
namespace {

using namespace std::chrono_literals;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class ConsoleFixture : public testing::Test {
 protected:
  Console make(ConsoleStyle style) {
    return Console(out_, style, [this] { return now_; });
  }

  static CaseResult judged(Verdict verdict, std::string id = "s/slug") {
    CaseResult result;
    result.id = std::move(id);
    result.reason = "It did.";
    result.verdict = verdict;
    return result;
  }

  // What was said since the last call.
  std::string said() {
    std::string text = out_.str();
    out_.str("");
    return text;
  }

  std::ostringstream out_;
  std::chrono::steady_clock::time_point now_{1h};
};

class ConsoleInCi : public ConsoleFixture {
 protected:
  Console console_ = make({});
};

TEST_F(ConsoleInCi, BeginsWithTargetAndNumberOfCases) {
  Target target;
  target.name = "mine";
  target.url = "ws://h:1/";
  target.round_trip_ms = 0.5;
  console_.begin(target, 12);
  EXPECT_EQ(said(), "wsconform judges mine at ws://h:1/: 12 cases, round trip 0.50 ms\n");
}

TEST_F(ConsoleInCi, NamesTheUrlOnce) {
  Target target;
  target.name = target.url = "ws://h:1/";
  console_.begin(target, 1);
  EXPECT_THAT(said(), StartsWith("wsconform judges ws://h:1/: 1 case,"));
}

TEST_F(ConsoleInCi, IsSilentAboutWhatPassedOrWasSkipped) {
  for (const Verdict verdict : {Verdict::pass, Verdict::observed, Verdict::skipped}) {
    console_.finished(judged(verdict));
  }
  EXPECT_EQ(said(), "");
}

TEST_F(ConsoleInCi, WritesALineForEveryCaseWorthALook) {
  console_.finished(judged(Verdict::fail));
  EXPECT_EQ(said(), "fail      s/slug  It did.\n");
  console_.finished(judged(Verdict::lenient));
  EXPECT_EQ(said(), "lenient   s/slug  It did.\n");
  CaseResult listed = judged(Verdict::pass);
  listed.known_failing = "old bug";
  listed.unexpected = true;
  console_.finished(listed);
  EXPECT_EQ(said(), "pass      s/slug  It did. The known-failing list names this case: old bug\n");
}

TEST_F(ConsoleInCi, TellsRepetitionsApart) {
  CaseResult result = judged(Verdict::fail);
  result.repetition = 3;
  console_.finished(result);
  EXPECT_THAT(said(), HasSubstr("s/slug (repetition 3)"));
}

TEST_F(ConsoleInCi, EndsWithCountsAndReports) {
  Results results;
  results.cases = {judged(Verdict::pass), judged(Verdict::skipped), judged(Verdict::pass)};
  results.duration_ms = 1500;
  console_.end(results, {"a.html"});
  EXPECT_EQ(said(),
            "\n3 cases in 1.5 s: 2 pass, 1 skipped\nNothing unexpected.\n\nReport: a.html\n");
}

TEST_F(ConsoleInCi, EndsWithEveryUnexpectedResultAndItsReason) {
  Results results;
  results.cases = {judged(Verdict::fail, "a"), judged(Verdict::fail, "b")};
  results.cases[1].unexpected = true;
  results.stop = Stop{};
  console_.end(results);
  const std::string text = said();
  EXPECT_THAT(text, HasSubstr("The run ended early: interrupted\n"));
  EXPECT_THAT(text, EndsWith("\n1 unexpected result:\n  fail      b\n            It did.\n"));
}

TEST_F(ConsoleInCi, CutsALongListOfUnexpectedResults) {
  Results results;
  results.cases.assign(30, judged(Verdict::fail));
  for (CaseResult& result : results.cases) result.unexpected = true;
  console_.end(results);
  EXPECT_THAT(said(), EndsWith("  and 5 more, in the report\n"));
}

TEST_F(ConsoleInCi, ADeadListEntryIsUnexpected) {
  Results results;
  results.dead_known_failing = {"s/gone"};
  console_.end(results);
  const std::string text = said();
  EXPECT_THAT(text, HasSubstr("The known-failing entry s/gone matches no case.\n"));
  EXPECT_THAT(text, Not(HasSubstr("Nothing unexpected")));
}

TEST_F(ConsoleInCi, NeverWritesAControlByteButTheLineFeed) {
  const Results results = sample_results();
  console_.begin(results.target, results.cases.size());
  for (const CaseResult& result : results.cases) console_.finished(result);
  console_.end(results, {"\x1b[2J"});
  for (const char character : said()) {
    const auto byte = static_cast<unsigned char>(character);
    ASSERT_TRUE(byte == '\n' || (byte >= 0x20 && byte != 0x7F)) << static_cast<int>(byte);
  }
}

TEST_F(ConsoleFixture, VerboseTellsEveryCase) {
  Console console = make({.verbose = true});
  console.finished(judged(Verdict::pass));
  EXPECT_EQ(said(), "pass      s/slug  It did.\n");
}

class ConsoleOnTerminal : public ConsoleFixture {
 protected:
  Console console_ = make({.terminal = true, .width = 40});
};

TEST_F(ConsoleOnTerminal, KeepsOneLineUpToDate) {
  console_.begin(Target{}, 10);
  EXPECT_THAT(said(), EndsWith("\r\x1b[K0/10"));
  now_ += 500ms;
  console_.finished(judged(Verdict::pass));
  EXPECT_EQ(said(), "\r\x1b[K1/10  1 pass  2/s  s/slug");
}

TEST_F(ConsoleOnTerminal, RedrawsNoMoreOftenThanAnEyeSees) {
  console_.begin(Target{}, 10);
  said();
  now_ += 10ms;
  console_.finished(judged(Verdict::pass));
  EXPECT_EQ(said(), "");
  now_ += 40ms;
  console_.finished(judged(Verdict::pass));
  EXPECT_THAT(said(), StartsWith("\r\x1b[K2/10"));
}

TEST_F(ConsoleOnTerminal, NeverFillsTheLastColumn) {
  console_.begin(Target{}, 10);
  said();
  now_ += 1s;
  console_.finished(judged(Verdict::pass, std::string(50, 'x') + "é"));
  EXPECT_EQ(said().size(), std::string("\r\x1b[K").size() + 39);
}

TEST_F(ConsoleOnTerminal, CutsBetweenCharacters) {
  Console console = make({.terminal = true, .width = 26});
  console.begin(Target{}, 10);
  said();
  now_ += 1s;
  console.finished(judged(Verdict::pass, "éééé"));
  EXPECT_EQ(said(), "\r\x1b[K1/10  1 pass  1/s  éééé");
  now_ += 1s;
  console.finished(judged(Verdict::pass, "ééééééé"));
  EXPECT_EQ(said(), "\r\x1b[K2/10  2 pass  1/s  éééééé");
}

TEST_F(ConsoleOnTerminal, WritesCasesAboveTheLine) {
  console_.begin(Target{}, 10);
  said();
  console_.finished(judged(Verdict::fail));
  EXPECT_EQ(said(), "\r\x1b[Kfail      s/slug  It did.\n");
}

TEST_F(ConsoleOnTerminal, ClearsTheLineAtTheEnd) {
  console_.begin(Target{}, 1);
  said();
  console_.end(Results{});
  EXPECT_THAT(said(), StartsWith("\r\x1b[K\n0 cases"));
}

TEST_F(ConsoleFixture, PaintsVerdictsWhereColourIsWanted) {
  Console console = make({.colour = true});
  console.finished(judged(Verdict::fail));
  EXPECT_EQ(said(), "\x1b[1;31mfail    \x1b[0m  s/slug  It did.\n");
}

TEST(ConsoleStyle, AFileIsNoTerminalAndGetsNoColour) {
  FILE* file = std::tmpfile();
  ASSERT_NE(file, nullptr);
  const ConsoleStyle style = console_style_of(fileno(file));
  EXPECT_FALSE(style.terminal);
  EXPECT_FALSE(style.colour);
  EXPECT_GT(style.width, 0);
  std::fclose(file);
}

}  // namespace
}  // namespace wsconform::console_test
