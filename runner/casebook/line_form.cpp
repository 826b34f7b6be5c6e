#include "runner/casebook/line_form.h"

#include <algorithm>

#include "core/utf8.h"

namespace wsconform {
namespace {

// The line on which a value ends, of those on which something in it begins.
std::size_t last_line_of(const JsonSource& file, const Json& value, const std::string& pointer) {
  std::size_t last = file.line_of(pointer);
  if (value.is_array())
    for (std::size_t i = 0; i < value.size(); ++i)
      last = std::max(last, last_line_of(file, value[i], pointer_to(pointer, i)));
  if (value.is_object())
    for (const auto& [name, member] : value.items())
      last = std::max(last, last_line_of(file, member, pointer_to(pointer, name)));
  return last;
}

void check_steps(const JsonSource& file, const Json& steps, const std::string& pointer,
                 std::vector<FormFault>& faults) {
  std::size_t before = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const std::string here = pointer_to(pointer, i);
    const std::size_t line = file.line_of(here);
    if (line == before) faults.push_back({line, here, "stands on the line of the step before"});
    before = last_line_of(file, steps[i], here);
    if (before != line && belongs_on_one_line(steps[i]))
      faults.push_back({line, here, "takes several lines and has room on one"});
  }
}

}  // namespace

std::size_t width_of(std::string_view line) {
  std::size_t width = 0;
  std::size_t in_text = 0;  // characters of the text so far, its quote among them; 0 outside
  bool escaped = false;
  for (const char c : line) {
    // Only the bytes that begin a character count.
    if (is_utf8_tail(c)) continue;
    if (in_text <= counted_of_text) ++width;
    const bool quote = c == '"' && !escaped;
    escaped = in_text > 0 && c == '\\' && !escaped;
    if (quote) {
      in_text = in_text > 0 ? 0 : 1;
    } else if (in_text > 0) {
      ++in_text;
    }
  }
  return width;
}

bool belongs_on_one_line(const Json& step) {
  constexpr std::size_t indentation = 8;
  return step.dump().size() + indentation < widest_line / 2;
}

std::vector<FormFault> faults_of_form(const JsonSource& file, std::string_view text) {
  std::vector<FormFault> faults;
  for (std::size_t line = 1; !text.empty(); ++line) {
    const auto size = std::min(text.find('\n'), text.size());
    if (width_of(text.substr(0, size)) > widest_line)
      faults.push_back({line, "", "is wider than 180 characters"});
    text.remove_prefix(std::min(size + 1, text.size()));
  }
  const Json& root = file.value();
  if (!root.is_object() || !root.contains("cases") || !root["cases"].is_array()) return faults;
  for (std::size_t i = 0; i < root["cases"].size(); ++i) {
    const Json& entry = root["cases"][i];
    if (entry.is_object() && entry.contains("steps") && entry["steps"].is_array())
      check_steps(file, entry["steps"], pointer_to(pointer_to("/cases", i), "steps"), faults);
  }
  return faults;
}

}  // namespace wsconform
