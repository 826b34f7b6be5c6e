// What a request asked for and what was answered, for those who look on.
#pragma once

#include <string>

#include "core/http_head.h"

namespace wsconform {

// As the client wrote it, and nothing of what may be secret: no query, no user in the target,
// neither cookies nor Authorization. Each text is cut to some hundred bytes.
struct RequestRecord {
  std::string method{};
  std::string path{};
  std::string agent{};  // User-Agent
  std::string origin{};
  int status = 0;        // 0: it is not answered yet
  std::string reason{};  // of a refusal
};

// Of one that is not answered. Where the start line is none, all is empty.
RequestRecord record_of(const HttpHead& request);
// The path of a target in origin-form or absolute-form, as it is spelled; "*" as it is; "" for
// others.
std::string path_in(std::string_view target);

}  // namespace wsconform
