// Which targets `wsconform run` is about: one of the command line, or those of a profile.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "runner/target/profile_file.h"
#include "runner/target/target.h"

namespace CLI {
class App;
}

namespace wsconform {

inline constexpr const char* usual_profile = "wsconform.json";  // read where no URL is given

struct TargetOptions {
  std::string profile;              // --profile
  std::vector<std::string> chosen;  // --target
  std::string url;
  std::string name;
  bool insecure = false;
  std::string ca;
  std::string exec;
  std::vector<std::string> headers;
  std::vector<std::string> subprotocols;
  std::string known_failing;  // of `wsconform run` alone
  bool shows_secrets = false;

  // Adds them to a subcommand; this object must outlive it.
  void add_to(CLI::App& command);
  // What the command line says wins over the profile. `needs` gives those of all cases: a feature
  // that the profile declares is one of them. Throws InputError or UsageError.
  std::vector<DeclaredTarget> load(const std::function<std::set<std::string>()>& needs) const;
};

// The command that judges a target of these again, by the cases of a folder ("": ours), by
// this one alone: "wsconform run ws://h/ --exec 'COMMAND {port}'". In place of what lets in
// stands `hidden_value`.
std::string command_again(const TargetOptions& options, const DeclaredTarget& target,
                          const std::string& cases = {});

// The target as it is judged; `port` stands in place of {port}. Throws UsageError.
TargetProfile profile_of(const DeclaredTarget& target, std::uint16_t port);

}  // namespace wsconform
