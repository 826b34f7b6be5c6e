// A cause in words: the one place where its sentences are made, for every report.
#pragma once

#include <string>
#include <string_view>

#include "reports/results/causes.h"

namespace wsconform {

struct CauseWords {
  std::string
      title;  // "A text message that is not UTF-8: accepted"; what came of a target is never part of it
  std::string rule;     // what the standard asks, in one sentence
  std::string section;  // "RFC 6455 §8.1"; "": no standard says so
  std::string url;      // of that section, or ""
  std::string why;      // it matters: a sentence, or ""
  std::string change;   // what the target's author does about it: a sentence
};

CauseWords words_for(const CauseGroup& group, const Results& results);

// What came, as a title tells it: "accepted", "status 400", "TCP ended without a Close".
std::string words_for_came(std::string_view came);

// "https://www.rfc-editor.org/rfc/rfc6455#section-5.2" of "5.2" or "RFC 6455 5.2".
std::string url_of_section(std::string_view section);

}  // namespace wsconform
