#include "runner/process/listening_process.h"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <system_error>

#include "runner/process/process_usage.h"

namespace wsconform {
namespace {

namespace fs = std::filesystem;

// Of the lines "sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode ...".
void add_listeners(const char* table, std::uint16_t port, std::set<std::string>& inodes) {
  constexpr std::string_view listening = "0A";
  std::ifstream file(table);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream words(line);
    std::string slot, local, remote, state, queues, timer, retransmits, user, timeout, inode;
    words >> slot >> local >> remote >> state >> queues >> timer >> retransmits >> user >>
        timeout >> inode;
    const std::size_t colon = local.rfind(':');
    if (state != listening || colon == std::string::npos) continue;
    unsigned number = 0;
    std::from_chars(local.data() + colon + 1, local.data() + local.size(), number, 16);
    if (number == port) inodes.insert("socket:[" + inode + ']');
  }
}

bool shares_our_network(const fs::path& process) {
  std::error_code error;
  const fs::path theirs = fs::read_symlink(process / "ns/net", error);
  return !error && theirs == fs::read_symlink("/proc/self/ns/net", error) && !error;
}

}  // namespace

std::optional<bool> listens_on(pid_t root, std::uint16_t port) {
  std::set<std::string> inodes;
  add_listeners("/proc/net/tcp", port, inodes);
  add_listeners("/proc/net/tcp6", port, inodes);
  const auto usage = usage_of(root);
  if (inodes.empty() || !usage) return std::nullopt;
  for (const pid_t each : usage->processes) {
    const fs::path process = fs::path("/proc") / std::to_string(each);
    if (!shares_our_network(process)) return std::nullopt;
    std::error_code error;
    fs::directory_iterator files(process / "fd", error);
    if (error) return std::nullopt;
    for (; !error && files != fs::directory_iterator(); files.increment(error)) {
      std::error_code gone;
      if (inodes.contains(fs::read_symlink(files->path(), gone).string())) return true;
    }
  }
  return false;
}

}  // namespace wsconform
