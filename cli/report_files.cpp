#include "cli/report_files.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "runner/input_error.h"

namespace wsconform {

namespace fs = std::filesystem;

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

void ReportFiles::check() const {
  for (const auto& [format, path] : files_) {
    const fs::path folder = fs::absolute(path).parent_path();
    std::error_code error;
    fs::create_directories(folder, error);
    if (fs::is_directory(path, error) || !fs::is_directory(folder, error)) {
      throw UsageError(
          fmt::format("--{} {}: no file can be written there.", name_of(format), path));
    }
  }
}

std::vector<std::string> ReportFiles::write(const Results& results) const {
  std::vector<std::string> paths;
  for (const auto& [format, path] : files_) {
    write_file(path, write_report(results, format));
    paths.push_back(path);
  }
  return paths;
}

void write_file(const std::string& path, const std::string& content) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  file.close();
  if (!file) throw std::system_error(errno, std::generic_category(), path);
}

}  // namespace wsconform
