#include "runner/casebook/case_writer.h"

#include <gtest/gtest.h>

#include "runner/casebook/cases_from_text.h"

namespace wsconform::case_writer_test {
namespace {

// The steps of a case, as they stand in the file that is written.
std::string written_steps(std::string_view steps) {
  const std::string text = text_of_entry(cases_from(entry_text(steps)).front());
  const std::string_view begin = "  \"steps\": [\n";
  const auto from = text.find(begin) + begin.size();
  return text.substr(from, text.rfind("  ]\n}\n") - from);
}

TEST(CaseWriter, WritesAPing) {
  EXPECT_EQ(text_of_entry(cases_from(R"({"id": "ping-126", "level": "must",
      "says": "A Ping one byte too long fails the connection.",
      "autobahn": ["2.5"], "requirements": ["rfc6455/5.5-control-payload-125"],
      "steps": [{"send": "ping", "payload": {"times": 126, "repeat": "*"}, "fin": true},
                {"expect": "failed-connection", "code": [1002]}]})")
                              .front()),
            R"({
  "id": "ping-126",
  "says": "A Ping one byte too long fails the connection.",
  "requirements": ["rfc6455/5.5-control-payload-125"],
  "level": "must",
  "autobahn": ["2.5"],
  "steps": [
    { "send": "ping", "payload": { "repeat": "*", "times": 126 } },
    { "expect": "failed-connection", "code": 1002 }
  ]
}
)");
}

TEST(CaseWriter, WritesAFragmentedText) {
  EXPECT_EQ(written_steps(R"({"fragments": [2, 0], "send": "text", "payload": "Hello"},
                             {"expect": "text", "payload": "same"}, {"expect": "open"})"),
            R"(    { "send": "text", "payload": "Hello", "fragments": [2, 0] },
    { "expect": "text" },
    { "expect": "open" }
)");
}

TEST(CaseWriter, WritesARawRequest) {
  EXPECT_EQ(
      written_steps(R"({"request": {"bytes": "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n",
                                          "cut": 1}},
                             {"expect": "refusal", "status": [400]})"),
      R"(    { "request": { "bytes": "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n", "cut": "bytes" } },
    { "expect": "refusal" }
)");
}

TEST(CaseWriter, WritesAGradedEnding) {
  EXPECT_EQ(written_steps(R"({"send": "close", "code": 1000}, {"endings": [
                {"expect": "closed", "code": 1000, "verdict": "pass"},
                {"expect": "end", "verdict": "lenient", "because": "It was in haste."}]})"),
            R"(    { "send": "close", "code": 1000 },
    { "endings": [
      { "expect": "closed", "code": 1000, "verdict": "pass" },
      { "expect": "end", "verdict": "lenient", "because": "It was in haste." }
    ] }
)");
}

TEST(CaseWriter, WritesACaseOfCompression) {
  const auto cases = cases_from(R"({"id": "a", "says": "It does.", "level": "should",
      "requirements": ["x/1-y"], "needs": ["permessage-deflate"], "patience": 2,
      "handshake": {"set": {"Sec-WebSocket-Extensions": "permessage-deflate"}},
      "agreement": {"client_no_context_takeover": false, "server_max_window_bits": 9},
      "steps": [{"send": "text", "payload": {"prose": 900}, "deflate": {"level": 0, "block": 100}},
                {"expect": "text", "compressed": true}]})");
  EXPECT_EQ(text_of_entry(cases.front()), R"({
  "id": "a",
  "says": "It does.",
  "requirements": ["x/1-y"],
  "level": "should",
  "needs": ["permessage-deflate"],
  "agreement": { "client_no_context_takeover": false, "server_max_window_bits": 9 },
  "handshake": { "set": { "Sec-WebSocket-Extensions": "permessage-deflate" } },
  "patience": 2,
  "steps": [
    { "send": "text", "payload": { "prose": 900 }, "deflate": { "level": 0, "block": 100 } },
    { "expect": "text", "compressed": true }
  ]
}
)");
}

TEST(CaseWriter, WritesAProportion) {
  EXPECT_EQ(
      written_steps(
          R"({"expect": "proportion", "harmless": {"set": {"A": {"repeat": "a", "times": 1000}}},
                    "quarter": {"append": [{"join": ["B: a", {"repeat": " ", "times": 3500}, "b"]}]},
                    "whole": {"append": [{"join": ["B: a", {"repeat": " ", "times": 14000}, "b"]}]}})"),
      R"(    {
      "expect": "proportion",
      "harmless": { "set": { "A": { "repeat": "a", "times": 1000 } } },
      "quarter": { "append": [{ "join": ["B: a", { "repeat": " ", "times": 3500 }, "b"] }] },
      "whole": { "append": [{ "join": ["B: a", { "repeat": " ", "times": 14000 }, "b"] }] }
    }
)");
}

TEST(CaseWriter, WritesAVariantWhole) {
  const auto cases = cases_from(R"({"id": "echo", "says": "A {opcode} comes back.", "level": "may",
      "requirements": ["x/1-y"], "each": {"opcode": ["text", "binary"], "size": [0, 7]},
      "steps": [{"send": "{opcode}", "payload": {"repeat": "*", "times": "{size}"}},
                {"expect": "{opcode}"}]})");
  EXPECT_EQ(text_of_entry(cases.back()), R"({
  "id": "echo/binary-7",
  "says": "A binary comes back.",
  "requirements": ["x/1-y"],
  "level": "may",
  "steps": [
    { "send": "binary", "payload": { "repeat": "*", "times": 7 } },
    { "expect": "binary" }
  ]
}
)");
}

TEST(CaseWriter, WritesEveryMemberThatIsNotUsual) {
  const std::string text = R"({
  "id": "a",
  "says": "It does.",
  "because": "It is so.",
  "requirements": ["x/1-y"],
  "level": "observe",
  "sides": ["server", "client"],
  "autobahn": ["1.1"],
  "needs": ["echo"],
  "about": ["accept-repeated", "status-line-malformed"],
  "alone": true,
  "intensity": "full",
  "patience": 1.5,
  "steps": [
    { "expect": "open" }
  ]
}
)";
  EXPECT_EQ(text_of_entry(cases_from(text).front()), text);
}

TEST(CaseWriter, WritesAFileOfCases) {
  EXPECT_EQ(text_of_case_file("T", "RFC 6455 §5.5", cases_from(entry_text(R"({"expect": "end"})"))),
            R"({
  "title": "T",
  "standard": "RFC 6455 §5.5",
  "cases": [
    {
      "id": "a",
      "says": "It does.",
      "requirements": ["x/1-y"],
      "level": "must",
      "steps": [
        { "expect": "end" }
      ]
    }
  ]
}
)");
}

}  // namespace
}  // namespace wsconform::case_writer_test
