#include "core/http_head.h"

#include <gtest/gtest.h>

#include <ostream>

#include "core/for_each_split.h"

namespace wsconform::http_head_test {
namespace {

std::string names_of(const std::vector<AnomalyAt>& anomalies) {
  std::string text;
  for (const AnomalyAt& at : anomalies) {
    text.append(text.empty() ? "" : " ").append(name_of(at.anomaly)).append("@");
    text.append(std::to_string(at.line));
  }
  return text;
}

// The sample request of RFC 6455 §1.3.
constexpr std::string_view sample_request =
    "GET /chat HTTP/1.1\r\n"
    "Host: server.example.com\r\n"
    "Upgrade: websocket\r\n"
    "Connection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Origin: http://example.com\r\n"
    "Sec-WebSocket-Protocol: chat, superchat\r\n"
    "Sec-WebSocket-Version: 13\r\n"
    "\r\n";

TEST(ParseHead, KeepsTheStartLineAndEveryFieldInOrder) {
  const HttpHead head = parse_head(sample_request);
  EXPECT_EQ(head.start_line, "GET /chat HTTP/1.1");
  ASSERT_EQ(head.fields.size(), 7u);
  EXPECT_EQ(head.fields[0].name, "Host");
  EXPECT_EQ(head.fields[0].value, "server.example.com");
  EXPECT_EQ(head.fields[0].raw, "Host: server.example.com");
  EXPECT_EQ(head.fields[6].name, "Sec-WebSocket-Version");
  EXPECT_EQ(names_of(head.anomalies), "");
}

TEST(ParseHead, StopsAtTheEmptyLine) {
  const HttpHead head = parse_head("GET / HTTP/1.1\r\na: 1\r\n\r\nb: 2\r\n");
  EXPECT_EQ(head.count("a"), 1u);
  EXPECT_EQ(head.count("b"), 0u);
}

TEST(ParseHead, ReadsAHeadWithoutItsClosingEmptyLine) {
  const HttpHead head = parse_head("GET / HTTP/1.1\r\na: 1");
  EXPECT_EQ(head.value("a"), "1");
  EXPECT_EQ(names_of(head.anomalies), "");
}

TEST(ParseHead, TrimsValuesButKeepsTheRawLine) {
  const HttpHead head = parse_head("X\r\na:\t 1 2 \t\r\nb:\r\n\r\n");
  EXPECT_EQ(head.value("a"), "1 2");
  EXPECT_EQ(head.fields[0].raw, "a:\t 1 2 \t");
  EXPECT_EQ(head.value("b"), "");
}

TEST(ParseHead, GivesNothingForNoText) {
  const HttpHead head = parse_head("");
  EXPECT_EQ(head.start_line, "");
  EXPECT_TRUE(head.fields.empty());
  EXPECT_TRUE(head.anomalies.empty());
}

TEST(ParseHead, JoinsAFoldedLineToTheValueBefore) {
  const HttpHead head = parse_head("X\r\na: 1\r\n  2\r\nb:\r\n\t3\r\n\r\n");
  EXPECT_EQ(head.value("a"), "1 2");
  EXPECT_EQ(head.fields[0].raw, "a: 1\r\n  2");
  EXPECT_EQ(head.value("b"), "3");
  EXPECT_EQ(names_of(head.anomalies), "obs-fold@2 obs-fold@4");
}

TEST(ParseHead, HasNoFieldForSpaceOrNameThatIsMissing) {
  const HttpHead head = parse_head("X\r\n first\r\nno colon\r\n: 1\r\n\r\n");
  ASSERT_EQ(head.fields.size(), 3u);
  EXPECT_EQ(head.count(""), 3u);
  EXPECT_EQ(head.fields[0].raw, " first");
  EXPECT_EQ(head.fields[1].raw, "no colon");
  EXPECT_EQ(head.fields[2].raw, ": 1");
}

struct AnomalyRow {
  const char* name;
  std::string text;
  std::string anomalies;
};
void PrintTo(const AnomalyRow& row, std::ostream* out) {
  *out << row.name;
}

class Anomalies : public testing::TestWithParam<AnomalyRow> {};

TEST_P(Anomalies, AreNotedWithTheirLine) {
  EXPECT_EQ(names_of(parse_head(GetParam().text).anomalies), GetParam().anomalies);
}

INSTANTIATE_TEST_SUITE_P(
    ParseHead, Anomalies,
    testing::Values(
        AnomalyRow{"BareLfInTheStartLine", "X\na: 1\r\n\r\n", "bare-lf@0"},
        AnomalyRow{"BareLfInAField", "X\r\na: 1\n\r\n", "bare-lf@1"},
        AnomalyRow{"BareLfAtTheEnd", "X\r\na: 1\r\n\n", "bare-lf@2"},
        AnomalyRow{"BareCrInAValue", "X\r\na: 1\r2\r\n\r\n", "bare-cr@1"},
        AnomalyRow{"BareCrInTheStartLine", "X\rY\r\n\r\n", "bare-cr@0"},
        AnomalyRow{"CrBeforeCrlf", "X\r\na: 1\r\r\n\r\n", "bare-cr@1"},
        AnomalyRow{"LineOfCrAlone", "X\r\n\r\r\n\r\n", "bare-cr@1 no-colon@1"},
        AnomalyRow{"ObsFold", "X\r\na: 1\r\n\t2\r\n\r\n", "obs-fold@2"},
        AnomalyRow{"SpaceBeforeTheFirstField", "X\r\n a: 1\r\n\r\n", "obs-fold@1"},
        AnomalyRow{"LineOfSpaces", "X\r\na: 1\r\n  \r\n\r\n", "obs-fold@2"},
        AnomalyRow{"SpaceBeforeColon", "X\r\na : 1\r\n\r\n", "space-before-colon@1"},
        AnomalyRow{"TabBeforeColon", "X\r\na\t: 1\r\n\r\n", "space-before-colon@1"},
        AnomalyRow{"NoColon", "X\r\na\r\n\r\n", "no-colon@1"},
        AnomalyRow{"EmptyName", "X\r\n: 1\r\n\r\n", "empty-name@1"},
        AnomalyRow{"SpaceInName", "X\r\na b: 1\r\n\r\n", "name-not-token@1"},
        AnomalyRow{"EightBitName", "X\r\n\xC3\xA9: 1\r\n\r\n", "name-not-token@1"},
        AnomalyRow{"NulInName", std::string("X\r\na\0b: 1\r\n\r\n", 14), "name-not-token@1"},
        AnomalyRow{"NulInValue", std::string("X\r\na: \0\r\n\r\n", 11), "control-byte@1"},
        AnomalyRow{"DelInValue", "X\r\na: 1\x7F\r\n\r\n", "control-byte@1"},
        AnomalyRow{"ControlByteInAFold", "X\r\na: 1\r\n \x01\r\n\r\n", "obs-fold@2 control-byte@2"},
        AnomalyRow{"ControlByteInTheStartLine", "X\x02\r\n\r\n", "control-byte@0"},
        AnomalyRow{"TabInValue", "X\r\na: 1\t2\r\n\r\n", ""},
        AnomalyRow{"EightBitValue", "X\r\na: \xC3\xA9\xFF\r\n\r\n", ""},
        AnomalyRow{"EmptyLineFirst", "\r\nX\r\na: 1\r\n\r\n", "leading-empty-line@0"},
        AnomalyRow{"OnlyEmptyLines", "\r\n\r\n", "leading-empty-line@0"}),
    [](const auto& row) { return row.param.name; });

TEST(WriteHead, GivesBackWhatWasRead) {
  EXPECT_EQ(write_head(parse_head(sample_request)), sample_request);
  const std::string odd = "X\r\na : 1\r\n  2\r\nno colon\r\n: 3\r\n\x80: \x01\r\n\r\n";
  EXPECT_EQ(write_head(parse_head(odd)), odd);
}

TEST(WriteHead, WritesAddedLines) {
  HttpHead head;
  head.start_line = "HTTP/1.1 200 OK";
  head.add("Content-Length", "0");
  EXPECT_EQ(write_head(head), "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(head.value("content-length"), "0");
}

TEST(HttpHead, ComparesNamesWithoutRegardToCase) {
  const HttpHead head = parse_head("X\r\nhOsT: a\r\nHOST: b\r\n\r\n");
  EXPECT_EQ(head.count("Host"), 2u);
  EXPECT_EQ(head.value("host"), "a");
  EXPECT_EQ(head.combined("Host"), "a, b");
}

TEST(HttpHead, KnowsAnAbsentFieldFromAnEmptyOne) {
  const HttpHead head = parse_head("X\r\na:\r\n\r\n");
  EXPECT_EQ(head.value("a"), "");
  EXPECT_EQ(head.combined("a"), "");
  EXPECT_EQ(head.value("b"), std::nullopt);
  EXPECT_EQ(head.combined("b"), std::nullopt);
}

TEST(HttpHead, FindsATokenInAListOverSeveralLines) {
  const HttpHead head =
      parse_head("X\r\nConnection: keep-alive,\t,x\r\nconnection: UPGRADE\r\n\r\n");
  EXPECT_TRUE(head.list_has("Connection", "upgrade"));
  EXPECT_TRUE(head.list_has("Connection", "x"));
  EXPECT_FALSE(head.list_has("Connection", "keep"));
  EXPECT_FALSE(head.list_has("Upgrade", "upgrade"));
}

TEST(ParseRequestLine, ViewsThePartsOfTheLine) {
  const auto line = parse_request_line("GET /chat?a=b HTTP/1.1");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->method, "GET");
  EXPECT_EQ(line->target, "/chat?a=b");
  EXPECT_EQ(line->version, "HTTP/1.1");
}

TEST(ParseRequestLine, RefusesWhatIsNotARequestLine) {
  for (const std::string_view line :
       {"", "GET", "GET /", "GET  / HTTP/1.1", "GET / HTTP/1.1 ", " GET / HTTP/1.1",
        "GET /a b HTTP/1.1", "GET\t/\tHTTP/1.1", "G(T / HTTP/1.1", "GET / http/1.1", "GET / HTTP/1",
        "GET / HTTP/1.10", "GET / HTTP/11", "GET / HTTP/a.b", "GET / FTP/1.1", "GET /  HTTP/1.1"}) {
    EXPECT_FALSE(parse_request_line(line)) << line;
  }
}

TEST(ParseStatusLine, ViewsThePartsOfTheLine) {
  const auto line = parse_status_line("HTTP/1.1 101 Switching Protocols");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->version, "HTTP/1.1");
  EXPECT_EQ(line->code, 101);
  EXPECT_EQ(line->reason, "Switching Protocols");
}

TEST(ParseStatusLine, LetsTheReasonBeEmptyButNotItsSpace) {
  EXPECT_TRUE(parse_status_line("HTTP/1.1 101 "));
  EXPECT_FALSE(parse_status_line("HTTP/1.1 101"));
}

TEST(ParseStatusLine, RefusesWhatIsNotAStatusLine) {
  for (const std::string_view line :
       {"", "HTTP/1.1", "HTTP/1.1  101 OK", "HTTP/1.1 1O1 OK", "HTTP/1.1 10 OKAY",
        "HTTP/1.1 1010 OK", "http/1.1 101 OK", "ICY 200 OK, all is well", "HTTP/1.1 101 a\rb",
        "HTTP/1.1 101 \x01", " HTTP/1.1 101 OK"}) {
    EXPECT_FALSE(parse_status_line(line)) << line;
  }
}

TEST(StatusCodeIn, ReadsItHoweverTheLineGoesOn) {
  for (const std::string_view line :
       {"HTTP/1.1 101 Switching Protocols", "HTTP/1.1 101 ", "HTTP/1.1 101", "HTTP/1.0 101 a\rb"})
    EXPECT_EQ(status_code_in(line), 101) << line;
  for (const std::string_view line : {"", "HTTP/1.1", "HTTP/1.1 10", "HTTP/1.1 1010 OK",
                                      "HTTP/1.1 101OK", "http/1.1 101 OK", "101 OK"})
    EXPECT_EQ(status_code_in(line), 0) << line;
}

TEST(ParseHttpVersion, ReadsBothDigits) {
  EXPECT_EQ(parse_http_version("HTTP/1.1"), (HttpVersion{1, 1}));
  EXPECT_EQ(parse_http_version("HTTP/2.0"), (HttpVersion{2, 0}));
  EXPECT_LT((HttpVersion{1, 0}), (HttpVersion{1, 1}));
  EXPECT_EQ(parse_http_version("HTTP/1-1"), std::nullopt);
}

TEST(IsToken, HoldsForLettersDigitsAndFifteenOthers) {
  EXPECT_FALSE(is_token(""));
  std::string token;
  for (int c = 0; c < 256; ++c) {
    if (is_token_character(static_cast<char>(c))) token += static_cast<char>(c);
  }
  EXPECT_EQ(token, "!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~");
  EXPECT_TRUE(is_token(token));
  EXPECT_FALSE(is_token(token + "/"));
}

TEST(HeadReader, FindsTheEndAtEveryCut) {
  const std::string stream = std::string(sample_request) + "\x81\x05";
  for_each_split(bytes_of(stream), [&](const std::vector<ByteView>& pieces) {
    HeadReader reader(1024);
    std::size_t taken = 0;
    for (const ByteView piece : pieces) {
      EXPECT_EQ(reader.complete(), taken == sample_request.size());
      taken += reader.feed(piece);
    }
    EXPECT_TRUE(reader.complete());
    EXPECT_EQ(taken, sample_request.size());
    EXPECT_EQ(reader.text(), sample_request);
  });
}

struct EndRow {
  const char* name;
  std::string_view head, rest;
};
void PrintTo(const EndRow& row, std::ostream* out) {
  *out << row.name;
}

class HeadEnds : public testing::TestWithParam<EndRow> {};

TEST_P(HeadEnds, AtEveryCut) {
  const std::string stream = std::string(GetParam().head).append(GetParam().rest);
  for_each_split(bytes_of(stream), [&](const std::vector<ByteView>& pieces) {
    HeadReader reader(64);
    for (const ByteView piece : pieces) reader.feed(piece);
    EXPECT_TRUE(reader.complete());
    EXPECT_EQ(reader.text(), GetParam().head);
  });
}

INSTANTIATE_TEST_SUITE_P(HeadReader, HeadEnds,
                         testing::Values(EndRow{"Crlf", "X\r\n\r\n", "rest"},
                                         EndRow{"BareLf", "X\n\n", "\nrest"},
                                         EndRow{"LfThenCrlf", "X\n\r\n", "rest"},
                                         EndRow{"CrlfThenLf", "X\r\n\n", "rest"},
                                         EndRow{"EmptyLineFirst", "\r\nX\r\n\r\n", "rest"},
                                         EndRow{"OnlyEmptyLines", "\r\n\r\n", "X\r\n\r\n"},
                                         EndRow{"CrAloneIsNoEmptyLine", "X\r\n\r\r\n\r\n", "rest"},
                                         EndRow{"NothingAfter", "X\r\n\r\n", ""}),
                         [](const auto& row) { return row.param.name; });

TEST(HeadReader, TakesAHeadOfExactlyItsSize) {
  const std::string_view head = "X\r\na:\r\n\r\n";
  const std::string stream = std::string(head) + "more";
  HeadReader fits(head.size());
  EXPECT_EQ(fits.feed(bytes_of(stream)), head.size());
  EXPECT_TRUE(fits.complete());
  EXPECT_FALSE(fits.too_large());
  HeadReader too_small(head.size() - 1);
  EXPECT_EQ(too_small.feed(bytes_of(stream)), head.size() - 1);
  EXPECT_TRUE(too_small.too_large());
  EXPECT_FALSE(too_small.complete());
}

TEST(HeadReader, TakesNothingMoreOnceTooLarge) {
  const std::string endless(100, 'x');
  for_each_split(bytes_of(endless), [](const std::vector<ByteView>& pieces) {
    HeadReader reader(32);
    std::size_t taken = 0;
    for (const ByteView piece : pieces) taken += reader.feed(piece);
    EXPECT_TRUE(reader.too_large());
    EXPECT_FALSE(reader.complete());
    EXPECT_EQ(taken, 32u);
    EXPECT_EQ(reader.text().size(), 32u);
  });
}

TEST(HeadReader, CountsManyLinesInOnePass) {
  std::string many = "X\r\n";
  for (int i = 0; i < 200'000; ++i) many += "a:\n";
  HeadReader reader(many.size() + 2);
  reader.feed(bytes_of(many));
  EXPECT_FALSE(reader.complete());
  reader.feed(bytes_of("\r\n"));
  EXPECT_TRUE(reader.complete());
  EXPECT_EQ(parse_head(reader.text()).count("a"), 200'000u);
}

TEST(ReasonPhrase, IsTheUsualOneOfARefusal) {
  EXPECT_EQ(reason_phrase(403), "Forbidden");
  EXPECT_EQ(reason_phrase(505), "HTTP Version Not Supported");
  EXPECT_EQ(reason_phrase(200), "");
  EXPECT_EQ(reason_phrase(999), "");
}

}  // namespace
}  // namespace wsconform::http_head_test
