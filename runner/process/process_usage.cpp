#include "runner/process/process_usage.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>

namespace wsconform {
namespace {

std::string folder_of(pid_t process) {
  return "/proc/" + std::to_string(process);
}

// What a file of /proc holds; empty where it is gone.
std::string text_of(const std::string& path) {
  constexpr std::size_t at_a_time = 4096;
  std::string text;
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return text;
  ssize_t got = 0;
  do {
    const std::size_t before = text.size();
    text.resize_and_overwrite(before + at_a_time, [&](char* bytes, std::size_t) {
      got = read(file, bytes + before, at_a_time);
      return before + static_cast<std::size_t>(std::max<ssize_t>(got, 0));
    });
  } while (got == static_cast<ssize_t>(at_a_time));
  close(file);
  return text;
}

// The next number, which is taken away with what stands before it; nullopt where there is none.
std::optional<std::int64_t> next_number(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_of("0123456789"), text.size()));
  std::int64_t number = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
  return number;
}

// "VmRSS:  1234 kB" and the like.
std::optional<std::uint64_t> bytes_of(std::string_view status, std::string_view name) {
  const std::size_t at = status.find(name);
  if (at == std::string_view::npos) return std::nullopt;
  status.remove_prefix(at + name.size());
  return 1024 * static_cast<std::uint64_t>(next_number(status).value_or(0));
}

// False where the process is gone, or dead and not waited for: then it has no memory.
bool add_memory(pid_t process, ProcessUsage& usage) {
  const std::string status = text_of(folder_of(process) + "/status");
  usage.peak += bytes_of(status, "\nVmHWM:").value_or(0);
  const auto resident = bytes_of(status, "\nVmRSS:");
  usage.resident += resident.value_or(0);
  return resident.has_value();
}

Duration cpu_time_of(pid_t process) {
  clockid_t clock{};
  timespec time{};
  if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &time) != 0) return {};
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

// Behind the name of the command, which may hold anything: "(node) R".
char state_of(const std::string& thread) {
  const std::string text = text_of(thread + "/stat");
  const std::size_t name_end = text.rfind(')');
  return name_end != std::string::npos && name_end + 2 < text.size() ? text[name_end + 2] : ' ';
}

// False where it cannot be known how long it wanted a CPU.
bool add_thread(const std::string& thread, ProcessUsage& usage) {
  const char state = state_of(thread);
  usage.runnable = usage.runnable || state == 'R';
  usage.blocked = usage.blocked || state == 'D';
  const std::string times = text_of(thread + "/schedstat");
  std::string_view text = times;
  const auto ran = next_number(text);
  const auto waited = next_number(text);
  if (!waited) return false;
  usage.wanted += std::chrono::nanoseconds(*ran + *waited);
  return true;
}

// Those it started and that live, found by the thread that started them.
void append_children(const std::string& thread, std::vector<pid_t>& to) {
  const std::string children = text_of(thread + "/children");
  std::string_view text = children;
  while (const auto child = next_number(text)) to.push_back(static_cast<pid_t>(*child));
}

void add_threads(pid_t process, ProcessUsage& usage, std::vector<pid_t>& children) {
  const std::string folder = folder_of(process) + "/task";
  const std::unique_ptr<DIR, int (*)(DIR*)> threads(opendir(folder.c_str()), closedir);
  bool known = false;
  while (const dirent* each = threads ? readdir(threads.get()) : nullptr) {
    if (each->d_name[0] == '.') continue;
    const std::string thread = folder + "/" + each->d_name;
    known = add_thread(thread, usage) || known;
    append_children(thread, children);
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
    usage.processes.push_back(each);
    add_threads(each, usage, found);
  }
  if (usage.processes.empty() || usage.processes.front() != root) return std::nullopt;
  return usage;
}

void forget_peak(pid_t root) {
  const auto usage = usage_of(root);
  if (!usage) return;
  for (const pid_t each : usage->processes) std::ofstream(folder_of(each) + "/clear_refs") << '5';
}

}  // namespace wsconform
