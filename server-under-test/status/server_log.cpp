#include "server-under-test/status/server_log.h"

#include <fmt/format.h>
#include <spdlog/async.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/visible_text.h"

namespace wsconform {
namespace {

constexpr std::size_t lines_waiting = 8192;
constexpr char text_pattern[] = "%Y-%m-%dT%H:%M:%S.%eZ %l %n %v";
constexpr char json_pattern[] = R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","log":"%n",%v})";

spdlog::level::level_enum level_of(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warning:
      return spdlog::level::warn;
    case LogLevel::error:
      return spdlog::level::err;
    case LogLevel::off:
      return spdlog::level::off;
  }
  return spdlog::level::off;
}

spdlog::sink_ptr sink_of(const std::string& file) {
  if (file.empty()) return std::make_shared<spdlog::sinks::stderr_sink_mt>();
  try {
    return std::make_shared<spdlog::sinks::basic_file_sink_mt>(file);
  } catch (const spdlog::spdlog_ex& failed) {
    throw LogError(fmt::format("cannot write the log {}: {}", file, failed.what()));
  }
}

bool reads_as_one_word(std::string_view text) {
  return !text.empty() && text.find_first_of(" \"=") == text.npos;
}

std::string as_word(const LogValue& value) {
  if (const auto* number = std::get_if<std::uint64_t>(&value)) return std::to_string(*number);
  if (const auto* number = std::get_if<double>(&value)) return fmt::format("{:.3f}", *number);
  std::string text = visible(std::get<std::string>(value));
  if (reads_as_one_word(text)) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\\x22" : std::string(1, c);
  return quoted + '"';
}

std::string as_json(const LogValue& value) {
  if (const auto* text = std::get_if<std::string>(&value))
    return nlohmann::json(visible(*text)).dump();
  return as_word(value);
}

}  // namespace

struct ServerLog::Writers {
  std::shared_ptr<spdlog::details::thread_pool> thread =
      std::make_shared<spdlog::details::thread_pool>(lines_waiting, 1);
  std::shared_ptr<spdlog::async_logger> access;
  std::shared_ptr<spdlog::async_logger> error;

  std::shared_ptr<spdlog::async_logger> writer(const char* name, const std::string& file,
                                               const LogOptions& options) const {
    auto writer = std::make_shared<spdlog::async_logger>(
        name, sink_of(file), thread, spdlog::async_overflow_policy::overrun_oldest);
    writer->set_level(level_of(options.level));
    writer->flush_on(spdlog::level::debug);
    writer->set_formatter(std::make_unique<spdlog::pattern_formatter>(
        options.form == LogForm::json ? json_pattern : text_pattern,
        spdlog::pattern_time_type::utc));
    return writer;
  }
};

ServerLog::ServerLog(const LogOptions& options)
    : form_(options.form), writers_(std::make_unique<Writers>()) {
  writers_->access = writers_->writer("access", options.access_file, options);
  writers_->error = writers_->writer("error", options.error_file, options);
}

ServerLog::~ServerLog() = default;

bool ServerLog::takes(LogLevel level) const {
  return writers_->access->should_log(level_of(level));
}

void ServerLog::access(LogLevel level, std::string_view event, const LogFields& fields) {
  if (takes(level)) writers_->access->log(level_of(level), log_text(form_, event, fields));
}

void ServerLog::error(LogLevel level, std::string_view event, const LogFields& fields) {
  if (takes(level)) writers_->error->log(level_of(level), log_text(form_, event, fields));
}

std::string log_text(LogForm form, std::string_view event, const LogFields& fields) {
  const bool json = form == LogForm::json;
  std::string text = json ? fmt::format(R"("event":"{}")", event) : std::string(event);
  for (const auto& [name, value] : fields)
    text += json ? fmt::format(R"(,"{}":{})", name, as_json(value))
                 : fmt::format(" {}={}", name, as_word(value));
  return text;
}

}  // namespace wsconform
