#include "fuzz/suite/file_property.h"

#include <algorithm>
#include <set>

#include "core/utf8.h"
#include "core/visible_text.h"
#include "reports/results/results_json.h"
#include "runner/casebook/case.h"
#include "runner/casebook/case_loader.h"
#include "runner/casebook/case_writer.h"
#include "runner/input/input_error.h"
#include "runner/target/profile_file.h"

namespace wsconform {
namespace {

constexpr std::string_view section = "fuzz/file";

std::vector<Case> read_cases(std::string_view text) {
  return load_cases_of(JsonSource::parse("case.json", text), std::string(section));
}

// A value of `each` may bring what no file may hold: such a case is not read again (case_writer.h).
bool may_hold_a_placeholder(std::string_view text) {
  return text.find("each") != std::string_view::npos && text.find('{', 1) != std::string_view::npos;
}

Breach breach_of_writing(const std::vector<Case>& cases, std::string_view text) {
  const std::string written = text_of_case_file("T", "S", cases);
  try {
    if (text_of_case_file("T", "S", read_cases(written)) != written) {
      return "cases are another text once read again";
    }
  } catch (const InputError& error) {
    if (!may_hold_a_placeholder(text))
      return std::string("cases are not read again: ") + error.what();
  }
  return std::nullopt;
}

}  // namespace

Breach breach_of_error(const InputError& error, std::string_view text) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
  if (error.line() > lines) return "an error lies on line " + std::to_string(error.line());
  if (error.message().empty()) return "an error says nothing";
  if (visible(error.what()) != error.what()) return "an error is not one visible line";
  return std::nullopt;
}

Breach breach_of_case_file(std::string_view text) {
  try {
    return breach_of_writing(read_cases(text), text);
  } catch (const InputError& error) {
    return breach_of_error(error, text);
  }
}

Breach breach_of_profile_file(std::string_view text) {
  try {
    const auto targets = targets_of(JsonSource::parse("wsconform.json", text));
    if (targets.empty()) return "a profile without a target was read";
    std::set<std::string> names;
    for (const DeclaredTarget& target : targets) {
      if (target.name.empty() || !names.insert(target.name).second) return "a target has no name";
      if (target.url.empty()) return "a target has no URL";
      if (target.pointer.empty() && targets.size() > 1) return "a target has no place";
    }
    return std::nullopt;
  } catch (const InputError& error) {
    return breach_of_error(error, text);
  }
}

Breach breach_of_results_file(std::string_view text) {
  const auto results = results_from_json(text);
  if (!results) {
    const std::string& error = results.error();
    if (error.empty() || visible(error) != error) return "an error is not one visible line";
    return std::nullopt;
  }
  const std::string written = to_json(*results);
  if (!is_utf8(bytes_of(written))) return "the written results are not UTF-8";
  const auto again = results_from_json(written);
  if (!again) return "results are not read again: " + again.error();
  if (*again != *results) return "results are others once read again";
  if (to_json(*again) != written) return "results are another text once read again";
  return std::nullopt;
}

}  // namespace wsconform
