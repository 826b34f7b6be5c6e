// The reports of a command that fuzzes: where they are wanted, and written there.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace wsconform {

struct FuzzReport;

struct FuzzReportFiles {
  std::string json;
  std::string html;

  // Adds --json and --html; this object must outlive the command.
  void add_to(CLI::App& command);
  // Each that is wanted, and a line that says where. As write_file throws.
  void write(const FuzzReport& report) const;
};

// "2026-11-29T00:12:00Z"
std::string utc_now();

}  // namespace wsconform
