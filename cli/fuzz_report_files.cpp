#include "cli/fuzz_report_files.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <iostream>

#include "cli/written_file.h"
#include "fuzz/report/fuzz_report.h"

namespace wsconform {

void FuzzReportFiles::add_to(CLI::App& command) {
  command.add_option("--json", json, "Writes the report as JSON")->type_name("FILE");
  command.add_option("--html", html, "Writes the report as HTML")->type_name("FILE");
}

void FuzzReportFiles::write(const FuzzReport& report) const {
  const auto write = [](const std::string& file, const std::string& text) {
    if (file.empty()) return;
    write_file(file, [&](std::ostream& out) { out << text; });
    std::cout << "Report: " << file << '\n';
  };
  write(json, to_json(report));
  write(html, to_html(report));
}

std::string utc_now() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
}

}  // namespace wsconform
