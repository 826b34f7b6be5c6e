#include "cli/run_targets.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string_view>
#include <utility>

#include "core/ascii.h"
#include "core/phrase.h"
#include "core/placeholder.h"
#include "runner/input/input_error.h"

namespace wsconform {
namespace {

FieldLine header_line(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos || !is_token(text.substr(0, colon)) ||
      text.find_first_of("\r\n") != std::string::npos) {
    throw UsageError(fmt::format("--header '{}' is not of the form 'Name: value'.", text));
  }
  if (text.contains(hidden_value))
    throw UsageError(
        fmt::format("--header '{}': reports hide what was here; put it in again.", text));
  return {text.substr(0, colon), std::string(trim(std::string_view(text).substr(colon + 1))), text};
}

std::vector<std::string> names_of(const std::vector<DeclaredTarget>& targets) {
  std::vector<std::string> names;
  for (const DeclaredTarget& each : targets) names.push_back(each.name);
  return names;
}

DeclaredTarget target_named(const std::vector<DeclaredTarget>& targets, const std::string& name) {
  const auto found = std::ranges::find(targets, name, &DeclaredTarget::name);
  if (found != targets.end()) return *found;
  throw UsageError(fmt::format("--target {}: the profile has no such target; it has {}.", name,
                               fmt::join(names_of(targets), ", ")));
}

void check_features(const JsonSource& file, const std::vector<DeclaredTarget>& targets,
                    const std::function<std::set<std::string>()>& all_needs) {
  if (std::ranges::all_of(targets, [](const auto& each) { return each.features.empty(); })) return;
  const std::set<std::string> needs = all_needs();
  for (const DeclaredTarget& target : targets)
    for (const std::string& each : target.features)
      if (!needs.contains(each))
        file.fail(target.pointer + "/features", "names \"" + each + "\", which no case needs");
}

std::vector<DeclaredTarget> read_profile(const std::string& given,
                                         const std::function<std::set<std::string>()>& needs) {
  const std::string path = given.empty() ? usual_profile : given;
  if (given.empty() && !std::filesystem::exists(path))
    throw UsageError(fmt::format(
        "There is neither a URL nor a {} here to say what is to be judged.", usual_profile));
  const JsonSource file = JsonSource::read(path);
  std::vector<DeclaredTarget> targets = targets_of(file);
  for (DeclaredTarget& each : targets) each.profile = path;
  check_features(file, targets, needs);
  return targets;
}

// Where one value cannot be that of several targets.
void override_with(const char* option, const std::string& value,
                   std::string DeclaredTarget::* member, std::vector<DeclaredTarget>& targets) {
  if (value.empty()) return;
  if (targets.size() > 1)
    throw UsageError(fmt::format("{} is of one target, and these are {}: choose one with --target.",
                                 option, targets.size()));
  targets.front().*member = value;
}

void check_port(const DeclaredTarget& target) {
  if (!target.exec.empty() || with_port(target.url, 1) == target.url) return;
  throw UsageError(
      fmt::format("The URL '{}' leaves the port open, which wsconform chooses only for a target "
                  "that it starts: give --exec, or the port.",
                  shown_url(target.url)));
}

}  // namespace

std::string command_again(const TargetOptions& options, const DeclaredTarget& target,
                          const std::string& cases) {
  std::string command = "wsconform run";
  const auto add = [&](std::string_view option, const std::string& value) {
    if (value.empty()) return;
    if (!option.empty()) command.append(" ").append(option);
    command += ' ' + shell_word(value);
  };
  const auto shown = [&](const std::string& url) {
    return options.shows_secrets ? url : shown_url(url);
  };
  add("", shown(options.url));
  add("--profile", options.profile);
  if (options.url.empty()) add("--target", shown(target.name));
  add("--name", options.name);
  add("--exec", options.exec);
  if (options.insecure) command += " --insecure";
  add("--ca", options.ca);
  for (const std::string& each : options.headers)
    add("--header", options.shows_secrets ? each : shown_field(header_line(each)));
  for (const std::string& each : options.subprotocols) add("--subprotocol", each);
  if (options.shows_secrets) command += " --show-secrets";
  add("--cases", cases);
  return command;
}

void TargetOptions::add_to(CLI::App& command) {
  command.add_option("url", url,
                     "ws://HOST[:PORT][/PATH]; with --exec, {port} stands for a free port. Without "
                     "a URL: the targets of the profile");
  command
      .add_option(
          "--profile", profile,
          fmt::format("File that describes the targets (default without a URL: {})", usual_profile))
      ->type_name("FILE");
  command
      .add_option("--target", chosen,
                  "A target of the profile; may be repeated (default: all, one after the other)")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command
      .add_option(
          "--exec", exec,
          "Starts the target with this command, and restarts it when it dies: 'COMMAND {port}'")
      ->type_name("COMMAND");
  command.add_flag("--insecure", insecure, "Accepts any certificate from a wss:// target");
  command
      .add_option("--ca", ca, "PEM file of authorities to trust for wss://, besides the system's")
      ->type_name("FILE");
  command.add_option("--name", name, "What the reports call the target");
  command
      .add_option("--header", headers,
                  "A field for every opening handshake, 'Name: value'; may be repeated")
      ->allow_extra_args(false);
  command
      .add_option("--subprotocol", subprotocols,
                  "Offered in every opening handshake; may be repeated")
      ->allow_extra_args(false);
  command.add_flag("--show-secrets", shows_secrets,
                   "Does not hide header values, cookies and tickets in the outputs");
}

std::vector<DeclaredTarget> TargetOptions::load(
    const std::function<std::set<std::string>()>& needs) const {
  std::vector<DeclaredTarget> targets(1);
  if (url.empty() || !profile.empty()) {
    targets = read_profile(profile, needs);
  } else if (!chosen.empty()) {
    throw UsageError("--target names a target of a profile: give --profile, or leave the URL out.");
  }
  if (!chosen.empty()) {
    std::vector<DeclaredTarget> some;
    for (const std::string& each : chosen) some.push_back(target_named(targets, each));
    targets = std::move(some);
  }
  const bool named_by_url = targets.front().name == targets.front().url;
  override_with("The URL", url, &DeclaredTarget::url, targets);
  if (named_by_url && targets.size() == 1) targets.front().name = targets.front().url;
  override_with("--name", name, &DeclaredTarget::name, targets);
  override_with("--exec", exec, &DeclaredTarget::exec, targets);
  if (!known_failing.empty() && targets.size() > 1)
    throw UsageError("--known-failing belongs to one target: choose it with --target.");
  for (DeclaredTarget& each : targets) {
    if (!known_failing.empty()) each.known_failing = known_failing;
    each.shows_secrets = shows_secrets;
    if (insecure || !ca.empty()) each.trust = {insecure, ca};
    if (!subprotocols.empty()) each.subprotocols = subprotocols;
    if (!headers.empty()) each.headers.clear();
    for (const std::string& header : headers) each.headers.push_back(header_line(header));
    check_port(each);
  }
  return targets;
}

TargetProfile profile_of(const DeclaredTarget& target, std::uint16_t port) {
  TargetProfile profile;
  const std::string url = with_port(target.url, port);
  const auto address = parse_target_url(url);
  if (!address)
    throw UsageError(fmt::format("The URL '{}' cannot be used: {}.", url, address.error()));
  if (url.contains(hidden_value))
    throw UsageError(
        fmt::format("The URL '{}': reports hide what was here; put it in again.", url));
  profile.address = *address;
  profile.url = target.shows_secrets ? url : shown_url(url);
  profile.trust = target.trust;
  profile.name = target.name.empty() ? target.url : target.name;
  if (!target.shows_secrets) profile.name = shown_url(profile.name);
  profile.headers = target.headers;
  for (const std::string& each : target.subprotocols) {
    if (!is_token(each)) throw UsageError(fmt::format("--subprotocol '{}' is not a token.", each));
    profile.subprotocols.push_back(each);
  }
  profile.features = target.features;
  profile.features.merge(features_of(target.limits));
  profile.message = target.message;
  profile.declare(target.policy);
  if (target.shows_secrets) {
    profile.secrets = Secrets(0);
    profile.shown_lately = std::make_shared<Secrets>(0);
  }
  profile.keep_secrets();
  return profile;
}

}  // namespace wsconform
