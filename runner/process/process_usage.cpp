#include "runner/process/process_usage.h"

#include <ctime>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <system_error>

namespace wsconform {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(pid_t process) {
  return fs::path("/proc") / std::to_string(process);
}

// Those it started and that live, found by the thread that started them.
void append_children(pid_t process, std::vector<pid_t>& to) {
  std::error_code error;
  fs::directory_iterator threads(folder_of(process) / "task", error);
  for (; !error && threads != fs::directory_iterator(); threads.increment(error)) {
    std::ifstream children(threads->path() / "children");
    for (pid_t child = 0; children >> child;) to.push_back(child);
  }
}

// "VmRSS:  1234 kB" and the like.
std::uint64_t bytes_in(const std::string& line) {
  std::istringstream words(line);
  std::string name;
  std::uint64_t kib = 0;
  words >> name >> kib;
  return kib * 1024;
}

// False where the process is gone, or dead and not waited for: then it has no memory.
bool add_memory(pid_t process, ProcessUsage& usage) {
  std::ifstream status(folder_of(process) / "status");
  bool found = false;
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) usage.peak += bytes_in(line);
    if (!line.starts_with("VmRSS:")) continue;
    usage.resident += bytes_in(line);
    found = true;
  }
  return found;
}

Duration cpu_time_of(pid_t process) {
  clockid_t clock{};
  timespec time{};
  if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &time) != 0) return {};
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

// Behind the name of the command, which may hold anything: "(node) R".
char state_of(const fs::path& thread) {
  std::ifstream file(thread / "stat");
  std::string line;
  std::getline(file, line);
  const std::size_t name_end = line.rfind(')');
  return name_end != std::string::npos && name_end + 2 < line.size() ? line[name_end + 2] : ' ';
}

void add_threads(pid_t process, ProcessUsage& usage) {
  bool known = false;
  std::error_code error;
  fs::directory_iterator threads(folder_of(process) / "task", error);
  for (; !error && threads != fs::directory_iterator(); threads.increment(error)) {
    const char state = state_of(threads->path());
    usage.runnable = usage.runnable || state == 'R';
    usage.blocked = usage.blocked || state == 'D';
    std::ifstream file(threads->path() / "schedstat");
    long ran = 0;
    long waited = 0;
    if (!(file >> ran >> waited)) continue;
    usage.wanted += std::chrono::nanoseconds(ran) + std::chrono::nanoseconds(waited);
    known = true;
  }
  if (!known) usage.wanted += cpu_time_of(process);
}

}  // namespace

std::optional<ProcessUsage> usage_of(pid_t root) {
  ProcessUsage usage;
  std::vector<pid_t> found = {root};
  for (std::size_t i = 0; i < found.size(); ++i) {
    const pid_t each = found[i];
    if (!add_memory(each, usage)) continue;
    usage.cpu += cpu_time_of(each);
    add_threads(each, usage);
    usage.processes.push_back(each);
    append_children(each, found);
  }
  if (usage.processes.empty() || usage.processes.front() != root) return std::nullopt;
  return usage;
}

void forget_peak(pid_t root) {
  const auto usage = usage_of(root);
  if (!usage) return;
  for (const pid_t each : usage->processes) std::ofstream(folder_of(each) / "clear_refs") << '5';
}

}  // namespace wsconform
