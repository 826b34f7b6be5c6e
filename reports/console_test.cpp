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

  static CaseResult failed(Cause cause, std::string id = "s/slug") {
    CaseResult result = judged(Verdict::fail, std::move(id));
    result.cause = std::move(cause);
    result.unexpected = true;
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

TEST_F(ConsoleInCi, WritesALineForTheFirstUnexpectedCaseOfACause) {
  console_.finished(failed({"invalid-utf8", "accepted"}));
  EXPECT_EQ(said(), "fail      s/slug  It did.\n");
  console_.finished(failed({"invalid-utf8", "accepted"}));
  EXPECT_EQ(said(), "");
  console_.finished(failed({"invalid-utf8", "silence"}));
  EXPECT_EQ(said(), "fail      s/slug  It did.\n");
  console_.finished(judged(Verdict::fail));
  console_.finished(judged(Verdict::lenient));
  EXPECT_EQ(said(), "");
  CaseResult listed = judged(Verdict::pass);
  listed.known_failing = "old bug";
  listed.unexpected = true;
  console_.finished(listed);
  EXPECT_EQ(said(), "pass      s/slug  It did. The known-failing list names this case: old bug\n");
}

TEST_F(ConsoleInCi, TellsRepetitionsApart) {
  CaseResult result = failed({});
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

TEST_F(ConsoleInCi, EndsWithTheCausesOfWhatIsUnexpected) {
  Results results;
  results.target.url = "ws://h:1/";
  results.cases = {failed({"invalid-utf8", "accepted"}, "b"),
                   failed({"invalid-utf8", "accepted"}, "a"), judged(Verdict::fail, "c")};
  results.cases[2].cause = {"host-missing", "accepted"};
  results.stop = Stop{};
  console_.end(results);
  const std::string text = said();
  EXPECT_THAT(text, HasSubstr("The run ended early: interrupted.\n"));
  EXPECT_THAT(text, HasSubstr("\n1 cause behind 2 fails:\n\n"
                              "  1. A text message that is not UTF-8: accepted (2 fails)\n"));
  EXPECT_THAT(text, HasSubstr("     Shown by a: It did.\n"
                              "     Again    wsconform run ws://h:1/ --case a\n"));
  EXPECT_THAT(text, EndsWith("1 cause behind 1 fail known and excused.\n"));
}

TEST_F(ConsoleInCi, TellsTheFirstCausesInFullAndNamesTheRest) {
  Results results;
  for (char n = 'a'; n <= 'm'; ++n)
    results.cases.push_back(failed({"x", std::string(1, n)}, std::string("s/") + n));
  console_.end(results);
  const std::string text = said();
  EXPECT_THAT(text, HasSubstr("\n     Again    wsconform run  --case s/h\n"));
  EXPECT_THAT(text, Not(HasSubstr("--case s/i")));
  EXPECT_THAT(text, EndsWith(" (1 fail)\n     s/m\n"));
}

TEST_F(ConsoleInCi, EndsWithWhatTheListNamesAndPasses) {
  Results results;
  results.cases = {judged(Verdict::pass, "a"), judged(Verdict::pass, "b")};
  results.cases[1].unexpected = true;
  console_.end(results);
  EXPECT_THAT(said(), EndsWith("\n1 unexpected result:\n  pass      b\n            It did.\n"));
}

TEST_F(ConsoleInCi, CutsALongListOfUnexpectedResults) {
  Results results;
  results.cases.assign(30, judged(Verdict::pass));
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

TEST_F(ConsoleInCi, ADeadListEntryOfAFilteredRunIsToldOnly) {
  Results results;
  results.dead_known_failing = {"s/gone"};
  results.filtered = true;
  console_.end(results);
  const std::string text = said();
  EXPECT_THAT(text, HasSubstr("The known-failing entry s/gone matches no case.\n"));
  EXPECT_THAT(text, HasSubstr("Nothing unexpected"));
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
  console_.finished(failed({}));
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
  console.finished(failed({}));
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

TEST_F(ConsoleFixture, TellsOnATerminalWhatIsWaitedFor) {
  Console console = make({.terminal = true});
  console.waiting("the command of --exec to listen\x1b");
  EXPECT_EQ(said(), "\r\x1b[Kwaiting for the command of --exec to listen\\x1b");
  Console lines = make({});
  lines.waiting("the command of --exec to listen");
  EXPECT_EQ(said(), "");
}

TEST_F(ConsoleFixture, TellsWhyWhereMoreThanAThirdWasSkipped) {
  Results results;
  results.cases = {judged(Verdict::pass, "s/a"), judged(Verdict::skipped, "s/b"),
                   judged(Verdict::pass, "s/c")};
  make({}).end(results);
  EXPECT_THAT(said(), Not(HasSubstr("were skipped")));
  for (const char* reason : {"No echo.", "No echo.", "One.", "Two.", "Three.", "Four.", "Five."}) {
    results.cases.push_back(judged(Verdict::skipped, "s/d"));
    results.cases.back().reason = reason;
  }
  results.cases[1].reason = "No echo.";
  make({}).end(results);
  EXPECT_THAT(said(), HasSubstr("8 of 10 cases were skipped:\n"
                                "      3  No echo.\n"
                                "      1  Five.\n"
                                "      1  Four.\n"
                                "      1  One.\n"
                                "      1  Three.\n"
                                "      1  for other reasons, in the report\n"
                                "A profile can declare more"));
}

}  // namespace
}  // namespace wsconform::console_test
