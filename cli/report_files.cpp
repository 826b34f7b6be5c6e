#include "cli/report_files.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <exception>
#include <filesystem>
#include <map>
#include <string_view>
#include <utility>

#include "cli/exit_code.h"
#include "cli/failure.h"
#include "cli/written_file.h"
#include "core/ascii.h"
#include "core/placeholder.h"
#include "reports/results/results.h"
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

// Two names of one file are one.
std::string identity_of(const std::string& path) {
  std::error_code error;
  const fs::path place = fs::weakly_canonical(fs::absolute(path), error);
  return error ? path : place.string();
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
  std::map<std::string, std::pair<std::string, std::string>> taken;  // by whom: option, target
  for (const auto& [format, path] : files_) {
    for (const std::string& target : targets) {
      const std::string option = fmt::format("--{} {}", name_of(format), path);
      const std::string file = path_for(path, target);
      try_to_write(file);
      if (!is_written_aside(file)) continue;  // a device takes all of them
      const auto [other, fresh] = taken.try_emplace(identity_of(file), option, target);
      if (fresh) continue;
      if (other->second.second == target)
        throw UsageError(fmt::format("{}: {} is written there too.", option, other->second.first));
      throw UsageError(
          fmt::format("{}: the reports of the targets '{}' and '{}' would be one file; put "
                      "{{target}} into its name.",
                      option, other->second.second, target));
    }
  }
}

void ReportFiles::clear_away(const std::string& target, const std::string& but) const {
  for (const auto& [format, path] : files_) {
    const std::string file = path_for(path, target);
    const bool stays = !but.empty() && identity_of(file) == identity_of(but);
    std::error_code gone_already;
    if (!stays && is_written_aside(file)) fs::remove(file, gone_already);
  }
}

WrittenReports ReportFiles::write(Results& results, const std::string& target) const {
  WrittenReports written;
  const auto write_all = [&] {
    for (const auto& [format, path] : files_) {
      const std::string file = path_for(path, target);
      try {
        write_file(file, [&](std::ostream& out) { write_report(results, format, out); });
        written.paths.push_back(file);
      } catch (const std::exception&) {
        written.failures.push_back(failure_of(std::current_exception()).sentence);
      }
    }
  };
  write_all();
  if (written.failures.empty() || results.exit_code == exit_fault) return written;
  results.exit_code = exit_fault;
  written = {};
  write_all();
  return written;
}

std::string ReportFiles::json_of(const std::string& target) const {
  for (const auto& [format, path] : files_)
    if (format == ReportFormat::json) return path_for(path, target);
  return "";
}

}  // namespace wsconform
