#include "cli/report_files.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <map>
#include <string_view>
#include <utility>

#include "cli/written_file.h"
#include "core/ascii.h"
#include "core/placeholder.h"
#include "runner/input/input_error.h"

namespace wsconform {

namespace fs = std::filesystem;

namespace {

bool fits_file_name(char c) {
  return is_letter_or_digit(c) || c == '_' || c == '.';
}

// "ws-127.0.0.1-9001": runs of what does not fit become one hyphen.
std::string file_name_of(const std::string& target) {
  std::string name;
  for (const char c : target) {
    if (fits_file_name(c))
      name += c;
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  while (name.ends_with('-')) name.pop_back();
  return name.empty() ? "target" : name;
}

std::string path_for(std::string_view path, const std::string& target) {
  return with_placeholder(path, "target", file_name_of(target));
}

void check_writable(std::string_view format, const std::string& path) {
  const fs::path folder = fs::absolute(path).parent_path();
  std::error_code error;
  fs::create_directories(folder, error);
  if (fs::is_directory(path, error) || !fs::is_directory(folder, error))
    throw UsageError(fmt::format("--{} {}: no file can be written there.", format, path));
}

}  // namespace

void ReportFiles::add_to(CLI::App& command) {
  for (const ReportFormat format : all_report_formats) {
    const std::string name(name_of(format));
    command
        .add_option_function<std::string>(
            "--" + name,
            [this, format](const std::string& path) { files_.emplace_back(format, path); },
            "Writes the report as " + name)
        ->type_name("FILE");
  }
}

void ReportFiles::check(const std::vector<std::string>& targets) const {
  for (const auto& [format, path] : files_) {
    std::map<std::string, std::string> targets_of;
    for (const std::string& target : targets) {
      const std::string file = path_for(path, target);
      check_writable(name_of(format), file);
      const auto [other, fresh] = targets_of.emplace(file, target);
      if (!fresh)
        throw UsageError(
            fmt::format("--{} {}: the reports of the targets '{}' and '{}' would be one file; put "
                        "{{target}} into its name.",
                        name_of(format), path, other->second, target));
    }
  }
}

void ReportFiles::write(const Results& results, const std::string& target,
                        std::vector<std::string>& written) const {
  for (const auto& [format, path] : files_) {
    std::string file = path_for(path, target);
    write_file(file, [&](std::ostream& out) { write_report(results, format, out); });
    written.push_back(std::move(file));
  }
}

}  // namespace wsconform
