#include "runner/casebook/ending_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/phrase.h"

namespace wsconform {
namespace {

std::string codes_of(const Ending& ending) {
  std::vector<std::string> codes;
  for (const std::uint16_t code : ending.codes) codes.push_back(std::to_string(code));
  return joined(codes, " or ");
}

std::string graded(const std::vector<Ending>& endings, Verdict verdict) {
  const auto passes_with_other_code = [&](const Ending& ending) {
    return ending.verdict == Verdict::lenient && ending.codes.empty() && !ending.code_absent &&
           std::ranges::any_of(endings, [&](const Ending& other) {
             return other.verdict == Verdict::pass && other.kind == ending.kind &&
                    ending.kind != EndingKind::response;
           });
  };
  std::vector<std::string> told;
  for (const Ending& ending : endings)
    if (ending.verdict == verdict && !passes_with_other_code(ending)) told.push_back(words(ending));
  return joined(told, ", or ");
}

}  // namespace

std::string words(const StatusSet& status) {
  std::vector<std::string> parts;
  for (const auto& [first, last] : status.ranges) {
    const bool whole_class = first % 100 == 0 && last == first + 99;
    if (first == last) {
      parts.push_back(std::to_string(first));
    } else {
      parts.push_back(whole_class ? fmt::format("{}xx", first / 100)
                                  : fmt::format("{} to {}", first, last));
    }
  }
  return joined(parts, " or ");
}

std::vector<std::string> words_for_others(const StatusSet& status, const StatusSet& asked) {
  std::vector<std::string> parts;
  for (const auto& range : status.ranges) {
    const auto holds = [&](const auto& one) {
      return one.first <= range.first && range.second <= one.second;
    };
    const auto meets = [&](const auto& one) {
      return one.first <= range.second && range.first <= one.second;
    };
    if (std::ranges::any_of(asked.ranges, holds)) continue;
    const bool some_asked = std::ranges::any_of(asked.ranges, meets);
    parts.push_back((some_asked ? "another " : "") + words(StatusSet{{range}}));
  }
  return parts;
}

std::string words(const Ending& ending) {
  const std::string codes = codes_of(ending);
  const std::string with = codes.empty() ? "" : " with " + codes;
  switch (ending.kind) {
    case EndingKind::open:
      return "the connection stays open and nothing else comes";
    case EndingKind::failed_connection:
      return "the connection fails" + (ending.code_absent ? " without a status code" : with);
    case EndingKind::closed:
      return "a Close" + (ending.code_absent ? " without a status code" : with) +
             " answers ours, then the target ends TCP";
    case EndingKind::end:
      return "the target ends TCP";
    case EndingKind::echo:
      return "every message comes back and the connection stays open";
    case EndingKind::silence:
      return "nothing comes and TCP stays open";
    case EndingKind::response:
      break;
  }
  return "a response with " + words(ending.status);
}

std::string words(const std::vector<Ending>& endings) {
  std::string text = graded(endings, Verdict::pass);
  for (const Verdict verdict : {Verdict::lenient, Verdict::observed, Verdict::fail}) {
    const std::string others = graded(endings, verdict);
    if (others.empty()) continue;
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", name_of(verdict), others);
  }
  return text;
}

std::string words(const ExpectEnding& expect) {
  return words(expect.endings) + (expect.asks ? "" : ", without another byte from us");
}

std::string words(const FieldCheck& check) {
  const bool vowel = std::string_view("AEIOaeio").contains(check.name.front());
  std::string field = fmt::format("{} {} field", vowel ? "an" : "a", check.name);
  switch (check.kind) {
    case FieldCheck::Kind::present:
      return field;
    case FieldCheck::Kind::absent:
      return fmt::format("no {} field", check.name);
    case FieldCheck::Kind::equals:
      return "the field " + in_quotes(check.name + ": " + check.value);
    case FieldCheck::Kind::elements:
      return fmt::format("{} that is a list of elements of the form {}", field, check.value);
    case FieldCheck::Kind::lists:
      break;
  }
  return fmt::format("{} that lists {}", field, in_quotes(check.value));
}

}  // namespace wsconform
