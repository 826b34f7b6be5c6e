#include "reports/html_wire.h"

#include <gmock/gmock.h>

#include "reports/results/case_result.h"

namespace wsconform::html_wire_test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

WireEntry said(std::string says) {
  WireEntry entry;
  entry.says = std::move(says);
  return entry;
}

CaseResult with_wire(std::size_t entries) {
  CaseResult result;
  for (std::size_t i = 0; i < entries; ++i) {
    result.wire.push_back(said(std::to_string(i) + "."));
  }
  return result;
}

TEST(HtmlWire, AnEntryIsALineWithWhatIsKnownAboutItBelow) {
  CaseResult result;
  WireEntry entry = said("Pong, 126 bytes");
  entry.at_ms = 0.456;
  entry.direction = WireEntry::Direction::received;
  entry.kind = WireEntry::Kind::frame;
  entry.details = {"first", "second"};
  entry.violation = "control-frame-too-long";
  entry.bytes = {'f', 'o', 'o'};
  entry.size = 130;
  result.wire = {entry};
  const WireText text = wire_text(result);
  EXPECT_EQ(text.lines,
            "← 0.46 ms  Pong, 126 bytes\n"
            "    ! breaks control-frame-too-long\n"
            "    | first\n"
            "    | second\n"
            "    ~ first 3 of 130 bytes\n");
  EXPECT_EQ(text.bytes, ".Zm9v");
}

TEST(HtmlWire, EveryEntryHasAWordOfBytes) {
  CaseResult result = with_wire(3);
  result.wire[1].bytes = {'f', 'o', 'o'};
  result.wire[1].size = 3;
  EXPECT_EQ(wire_text(result).bytes, "- Zm9v -");
  EXPECT_EQ(wire_text(CaseResult{}).bytes, "");
}

TEST(HtmlWire, ConnectionsAreNumberedWhereThereAreSeveral) {
  CaseResult result = with_wire(2);
  EXPECT_THAT(wire_text(result).lines, StartsWith("· 0.00 ms  0.\n"));
  result.wire[1].connection = 1;
  EXPECT_EQ(wire_text(result).lines, "· #1 0.00 ms  0.\n· #2 0.00 ms  1.\n");
}

TEST(HtmlWire, NoLineIsMadeByTheTarget) {
  CaseResult result;
  result.wire = {said("a\n→ 0.00 ms  b")};
  result.wire[0].details = {"c\n    ! breaks d"};
  EXPECT_EQ(wire_text(result).lines, "· 0.00 ms  a\\n→ 0.00 ms  b\n    | c\\n    ! breaks d\n");
}

TEST(HtmlWire, ALogAtTheBoundIsWhole) {
  const WireText text = wire_text(with_wire(100));
  EXPECT_THAT(text.lines, HasSubstr(" 60.\n"));
  EXPECT_THAT(text.lines, Not(HasSubstr("…")));
}

TEST(HtmlWire, ALogPastTheBoundLosesItsMiddleAndSaysSo) {
  const WireText text = wire_text(with_wire(103));
  EXPECT_THAT(text.lines, HasSubstr(" 59.\n… 3 entries left out here"));
  EXPECT_THAT(text.lines, HasSubstr("file has them\n· 0.00 ms  63.\n"));
  EXPECT_THAT(text.lines, EndsWith(" 102.\n"));
  EXPECT_EQ(std::ranges::count(text.bytes, '-'), 101);
}

TEST(HtmlWire, LongBytesAreCutAndSaidSoSoonerWhereTheCasePassed) {
  CaseResult result = with_wire(1);
  result.wire[0].bytes.assign(200, 0);
  result.wire[0].size = 5000;
  result.verdict = Verdict::fail;
  EXPECT_THAT(wire_text(result).lines, HasSubstr("~ first 192 of 5000 bytes\n"));
  EXPECT_EQ(wire_text(result).bytes, std::string(256, 'A'));
  result.verdict = Verdict::pass;
  EXPECT_THAT(wire_text(result).lines, HasSubstr("~ first 96 of 5000 bytes\n"));
  EXPECT_EQ(wire_text(result).bytes, std::string(128, 'A'));
}

TEST(HtmlWire, BytesThatWereNotKeptAreSaidSo) {
  CaseResult result = with_wire(1);
  result.wire[0].size = 7;
  EXPECT_THAT(wire_text(result).lines, HasSubstr("    ~ 7 bytes, not kept\n"));
}

}  // namespace
}  // namespace wsconform::html_wire_test
