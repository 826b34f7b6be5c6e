#include "server-under-test/site/request_record.h"

namespace wsconform {
namespace {

constexpr std::size_t longest = 300;  // bytes

std::string cut(std::string_view text) {
  return std::string(text.substr(0, longest));
}

}  // namespace

std::string path_in(std::string_view target) {
  target = target.substr(0, target.find_first_of("?#"));
  if (target.starts_with('/') || target == "*") return std::string(target);
  const std::size_t authority = target.find("://");
  if (authority == target.npos) return {};
  const std::size_t path = target.find('/', authority + 3);
  return path == target.npos ? "/" : std::string(target.substr(path));
}

RequestRecord record_of(const HttpHead& request) {
  RequestRecord record;
  const auto line = parse_request_line(request.start_line);
  if (!line) return record;
  record.method = cut(line->method);
  record.path = cut(path_in(line->target));
  record.agent = cut(request.value("User-Agent").value_or(""));
  record.origin = cut(request.value("Origin").value_or(""));
  return record;
}

}  // namespace wsconform
