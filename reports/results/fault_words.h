// What reports say of the rules that causes name: one row a rule, in plain words of ours.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace wsconform {

// A rule that a frame or a request of ours breaks on purpose.
struct SentFaultWords {
  std::string_view name;     // of core's pages of rules
  std::string_view subject;  // "A text message that is not UTF-8"
  std::string_view rule;     // one sentence
  std::string_view why;      // it matters: one sentence
};
std::span<const SentFaultWords> sent_fault_words();

// What a target does wrong of its own, whatever it was asked.
struct OwnFaultWords {
  std::string_view name;     // of an offence, or of a cause that is told by what was asked alone
  std::string_view subject;  // "A Pong that no Ping asked for"
  std::string_view section;  // as core's pages of rules have it; "": none
  std::string_view rule;
  std::string_view why;
  std::string_view change;  // what the target's author does about it
};
std::span<const OwnFaultWords> own_fault_words();

}  // namespace wsconform
