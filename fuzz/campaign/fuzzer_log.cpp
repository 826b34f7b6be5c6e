#include "fuzz/campaign/fuzzer_log.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "core/ascii.h"

namespace wsconform {
namespace {

constexpr std::size_t longest_cause = 96;    // characters
constexpr std::size_t most_of_stack = 4000;  // characters

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// Behind the word, and blanks; 0 where there is none.
std::uint64_t number_behind(std::string_view line, std::string_view word) {
  const std::size_t at = line.find(word);
  if (at == line.npos) return 0;
  line.remove_prefix(at + word.size());
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  std::uint64_t number = 0;
  std::from_chars(line.data(), line.data() + line.size(), number);
  return number;
}

// Words with hyphens; digits, and what is no letter, part them.
std::string slug_of(std::string_view text) {
  std::string slug;
  for (const char c : text) {
    if (is_letter_or_digit(c) && !is_digit(c))
      slug += c;
    else if (!slug.empty() && slug.back() != '-')
      slug += '-';
  }
  slug.resize(std::min(slug.size(), longest_cause));
  while (slug.ends_with('-')) slug.pop_back();
  return slug;
}

// "    #3 0x55 in wsconform::f(int) /path/x.cpp:12:3": the function; "" of another line.
std::string_view function_in(std::string_view line) {
  const std::size_t at = line.find(" in ");
  if (line.find('#') >= at || at == line.npos) return {};
  line.remove_prefix(at + 4);
  return line.substr(0, line.find_first_of("( "));
}

bool is_ours(std::string_view function) {
  return function.starts_with("wsconform::") && function != "wsconform::end_on";
}

std::string stack_of(const std::vector<std::string_view>& lines) {
  std::string stack;
  for (const std::string_view line : lines) {
    if (function_in(line).empty()) continue;
    if (stack.size() + line.size() > most_of_stack) break;
    stack += std::string(trim(line)) + '\n';
  }
  return stack;
}

std::string innermost_of_ours(const std::vector<std::string_view>& lines) {
  for (const std::string_view line : lines)
    if (const auto function = function_in(line); is_ours(function))
      return std::string(function.substr(std::string_view("wsconform::").size()));
  return "outside";
}

// What follows the mark in the first line that has it.
std::optional<std::string_view> behind(std::string_view mark,
                                       const std::vector<std::string_view>& lines) {
  for (const std::string_view line : lines)
    if (const std::size_t at = line.find(mark); at != line.npos)
      return trim(line.substr(at + mark.size()));
  return std::nullopt;
}

}  // namespace

FuzzerProgress progress_of(std::string_view log) {
  FuzzerProgress progress;
  for (const std::string_view line : lines_of(log)) {
    if (line.starts_with('#'))
      progress.executions = std::max(progress.executions, number_behind(line, "#"));
    progress.executions =
        std::max(progress.executions, number_behind(line, "stat::number_of_executed_units:"));
    progress.coverage = std::max(progress.coverage, number_behind(line, " cov: "));
  }
  return progress;
}

std::optional<FuzzerFault> fault_of(std::string_view log) {
  const std::vector<std::string_view> lines = lines_of(log);
  if (const auto says = behind("The property does not hold: ", lines))
    return FuzzerFault{slug_of(*says), std::string(*says), stack_of(lines)};
  constexpr std::string_view marks[] = {"ERROR: AddressSanitizer: ", "ERROR: LeakSanitizer: ",
                                        "runtime error: ", "ERROR: libFuzzer: ", "Assertion "};
  for (const std::string_view mark : marks) {
    const auto says = behind(mark, lines);
    if (!says) continue;
    const std::string_view kind = says->substr(0, says->find(" on "));
    return FuzzerFault{slug_of(std::string(kind) + " in " + innermost_of_ours(lines)),
                       std::string(*says), stack_of(lines)};
  }
  return std::nullopt;
}

FuzzerFault fault_without_a_word(const std::string& how) {
  std::string cause = "ended by ";
  for (const char c : how) {  // the number of an exit code tells it from another
    if (c == '(') break;
    cause += is_letter_or_digit(c) ? c : ' ';
  }
  std::ranges::replace(cause, ' ', '-');
  while (cause.ends_with('-')) cause.pop_back();
  return {cause, "The program ended by " + how + " and said nothing of why.", ""};
}

}  // namespace wsconform
