#include "runner/casebook/case_layout.h"

#include <algorithm>
#include <string_view>

#include "runner/casebook/line_form.h"

namespace wsconform {
namespace {

constexpr std::size_t level = 2;  // spaces

// What stands before a value and behind it, on its first line and on its last.
struct Around {
  std::string before;
  std::string after;
};

std::string quoted(std::string_view name) {
  return Json(name).dump();
}

std::string label(const Json& in, std::string_view name) {
  return in.is_object() ? quoted(name) + ": " : "";
}

bool is_flat_list(const Json& value) {
  return value.is_array() &&
         std::ranges::none_of(value, [](const Json& each) { return each.is_structured(); });
}

class Layout {
 public:
  // On one line, where it fits.
  void put(const Json& value, std::size_t indentation, const Around& around) {
    const std::string line =
        std::string(indentation, ' ') + around.before + on_one_line(value) + around.after;
    if (width_of(line) <= widest_line || !value.is_structured() || value.empty()) {
      text_ += line;
    } else {
      put_open(value, indentation, around);
    }
  }

  // On several lines: what is in it stands between its brackets.
  void put_open(const Json& value, std::size_t indentation, const Around& around) {
    if (value.is_object() && value.size() == 1 && value.front().is_structured())
      return put_open(
          value.front(), indentation,
          {around.before + "{ " + label(value, value.begin().key()), " }" + around.after});
    open(value, indentation, around);
    if (is_flat_list(value)) {
      fill(value, indentation + level);
    } else {
      for (const auto& [name, member] : value.items()) {
        put(member, indentation + level, {label(value, name), end_of(value, member)});
        text_ += '\n';
      }
    }
    close(value, indentation, around);
  }

  void put_entry(const Json& entry, std::size_t indentation, const Around& around) {
    open(entry, indentation, around);
    for (const auto& [name, member] : entry.items()) {
      const Around inside = {label(entry, name), end_of(entry, member)};
      if (name == "steps") {
        put_steps(member, indentation + level, inside);
      } else {
        put(member, indentation + level, inside);
      }
      text_ += '\n';
    }
    close(entry, indentation, around);
  }

  void put_file(const Json& file) {
    open(file, 0, {});
    for (const auto& [name, member] : file.items()) {
      const Around inside = {label(file, name), end_of(file, member)};
      if (name != "cases") {
        put(member, level, inside);
      } else {
        open(member, level, inside);
        for (const Json& entry : member) {
          put_entry(entry, 2 * level, {"", end_of(member, entry)});
          text_ += '\n';
        }
        close(member, level, inside);
      }
      text_ += '\n';
    }
    close(file, 0, {});
    text_ += '\n';
  }

  std::string text() && { return std::move(text_); }

 private:
  static std::string end_of(const Json& in, const Json& member) {
    return &member == &in.back() ? "" : ",";
  }

  // Graded endings stand one a line, unless the step is short.
  void put_steps(const Json& steps, std::size_t indentation, const Around& around) {
    open(steps, indentation, around);
    for (const Json& step : steps) {
      const Around inside = {"", end_of(steps, step)};
      if (step.contains("endings") && !belongs_on_one_line(step)) {
        put_open(step, indentation + level, inside);
      } else {
        put(step, indentation + level, inside);
      }
      text_ += '\n';
    }
    close(steps, indentation, around);
  }

  void open(const Json& value, std::size_t indentation, const Around& around) {
    text_ += std::string(indentation, ' ') + around.before + (value.is_object() ? "{\n" : "[\n");
  }

  void close(const Json& value, std::size_t indentation, const Around& around) {
    text_ += std::string(indentation, ' ') + (value.is_object() ? "}" : "]") + around.after;
  }

  // As many on a line as fit.
  void fill(const Json& list, std::size_t indentation) {
    const std::string margin(indentation, ' ');
    std::string line = margin;
    for (const Json& each : list) {
      const std::string next = on_one_line(each) + end_of(list, each);
      if (line.size() > margin.size() && width_of(line) + 1 + width_of(next) > widest_line) {
        text_ += line + '\n';
        line = margin;
      }
      line += (line.size() > margin.size() ? " " : "") + next;
    }
    text_ += line + '\n';
  }

  std::string text_;
};

}  // namespace

std::string on_one_line(const Json& value) {
  if (!value.is_structured()) return value.dump();
  const bool object = value.is_object();
  if (value.empty()) return object ? "{}" : "[]";
  std::string text;
  for (const auto& [name, member] : value.items())
    text += (text.empty() ? "" : ", ") + label(value, name) + on_one_line(member);
  return object ? "{ " + text + " }" : "[" + text + "]";
}

std::string laid_out_entry(const Json& entry, std::size_t indentation) {
  Layout layout;
  layout.put_entry(entry, indentation, {});
  return std::move(layout).text();
}

std::string laid_out_file(const Json& file) {
  Layout layout;
  layout.put_file(file);
  return std::move(layout).text();
}

}  // namespace wsconform
