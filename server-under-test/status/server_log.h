// The server's two logs: access (what was asked and answered, who came and went) and error (what
// went wrong with the server and its connections). A line each, written by a thread of their own:
// whoever logs waits for no disk. Where more comes than is written, the oldest lines are lost.
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace wsconform {

// Text is made visible (core/visible_text.h), so that no client writes lines or acts upon a
// terminal.
using LogValue = std::variant<std::string, std::uint64_t, double>;
using LogFields = std::vector<std::pair<std::string_view, LogValue>>;

enum class LogForm {
  text,  // "2026-11-29T04:05:06.789Z info access request id=1 path=/a reason="in words""
  json,  // an object: time, level, log, event, and the fields
};
enum class LogLevel { debug, info, warning, error, off };

struct LogOptions {
  LogForm form = LogForm::text;
  LogLevel level = LogLevel::info;  // and what is worse
  std::string access_file{};        // appended to; "": standard error
  std::string error_file{};         // likewise
};

// Says which file cannot be opened, and why.
class LogError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class ServerLog {
 public:
  // Throws LogError.
  explicit ServerLog(const LogOptions& options);
  // Behind what was logged.
  ~ServerLog();
  ServerLog(const ServerLog&) = delete;
  ServerLog& operator=(const ServerLog&) = delete;

  // Whether lines of the level are written.
  bool takes(LogLevel level) const;
  void access(LogLevel level, std::string_view event, const LogFields& fields);
  void error(LogLevel level, std::string_view event, const LogFields& fields);

 private:
  struct Writers;
  LogForm form_ = LogForm::text;
  std::unique_ptr<Writers> writers_;
};

// The event and its fields as a line of that form has them, without what stands before.
std::string log_text(LogForm form, std::string_view event, const LogFields& fields);

}  // namespace wsconform
