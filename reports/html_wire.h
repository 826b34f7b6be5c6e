// A case's wire log as the HTML report holds it: plain lines, which read well without script and
// cost a page of thousands of cases little, and beside them the bytes, from which the page's script
// draws the hex dumps when the case is opened.
#pragma once

#include <string>

namespace wsconform {

struct CaseResult;

struct WireText {
  // An entry is a line of its own, followed by lines about it that are indented by four spaces:
  //   → 0.45 ms  says          → sent, ← received, · event; "#2 0.45 ms" where a case has several
  //                            connections, counted from 1
  //       ! violation
  //       | detail
  //       ~ what was cut
  //   … says                   stands for entries that are left out
  std::string lines;
  // For each entry and each line with … one word: "-" for no bytes, else base64, after a '.' where
  // the bytes are a frame. Words are parted by a space.
  std::string bytes;
};

// At most the first 60 and the last 40 entries, and of each entry the first 192 bytes, or the first
// 96 where the case passed.
WireText wire_text(const CaseResult& result);

}  // namespace wsconform
