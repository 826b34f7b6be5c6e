// A target profile, wsconform.json: one file that describes the targets of a run once
// (runner/target/profile.schema.json, docs/profile.md). Whatever it holds, the result is targets or
// one InputError that names file, line and JSON pointer.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/http_head.h"
#include "core/tls_session.h"
#include "runner/input/json_source.h"
#include "runner/target/message_form.h"
#include "runner/target/target_policy.h"

namespace wsconform {

struct DeclaredTarget {
  std::string name{};         // the URL where the file gives none; each is there once
  std::string url{};          // {port} in it stands for the port that `exec` is told
  std::string exec{};         // "": the target is started by somebody else
  TlsContext::Trust trust{};  // of a wss URL
  std::vector<FieldLine> headers{};
  std::vector<std::string> subprotocols{};
  TargetPolicy policy{};
  DeclaredLimits limits{};
  std::optional<MessageForm> message{};
  std::set<std::string> features{};
  std::filesystem::path known_failing{};  // from the profile's folder; "": none
  std::string pointer{};                  // where it stands
  std::string profile{};                  // path of the file; "": it is described nowhere
  bool shows_secrets = false;             // reports tell them, too
};

// In the order of the file; at least one.
std::vector<DeclaredTarget> targets_of(const JsonSource& file);

}  // namespace wsconform
