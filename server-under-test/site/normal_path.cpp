#include "server-under-test/site/normal_path.h"

#include <algorithm>
#include <cstdint>
#include <ranges>
#include <vector>

#include "core/ascii.h"
#include "core/bytes.h"

namespace wsconform {
namespace {

std::optional<std::uint8_t> byte_of_triplet(std::string_view text) {
  if (text.size() < 3 || text[0] != '%') return std::nullopt;
  if (!is_hex_digit(text[1]) || !is_hex_digit(text[2])) return std::nullopt;
  return from_hex(text.substr(1, 2))->front();
}

bool is_well_encoded(std::string_view text) {
  for (std::size_t at = text.find('%'); at != text.npos; at = text.find('%', at + 1))
    if (!byte_of_triplet(text.substr(at))) return false;
  return true;
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < ' ' || c == '\x7F';
}

std::string_view path_of(std::string_view target) {
  target = target.substr(0, target.find('?'));
  if (target.starts_with('/')) return target;
  const std::size_t scheme_end = target.find("://");
  if (scheme_end == target.npos) return target;
  const std::size_t path = target.find('/', scheme_end + 3);
  return path == target.npos ? std::string_view() : target.substr(path);
}

}  // namespace

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  while (!text.empty()) {
    const auto byte = byte_of_triplet(text);
    decoded += byte ? static_cast<char>(*byte) : text.front();
    text.remove_prefix(byte ? 3 : 1);
  }
  return decoded;
}

std::optional<std::string> normal_path(std::string_view target) {
  const std::string_view spelled = path_of(target);
  if (!is_well_encoded(spelled)) return std::nullopt;
  std::string path = in_lower_case(percent_decoded(spelled));
  if (std::ranges::any_of(path, is_control)) return std::nullopt;
  std::ranges::replace(path, '\\', '/');
  std::vector<std::string_view> segments;
  for (const auto part : std::views::split(std::string_view(path), '/')) {
    std::string_view segment(part.begin(), part.end());
    segment = segment.substr(0, segment.find(';'));
    if (segment.empty() || segment == ".") continue;
    if (segment != "..")
      segments.push_back(segment);
    else if (!segments.empty())
      segments.pop_back();
  }
  std::string normal;
  for (const std::string_view segment : segments) normal.append("/").append(segment);
  return normal.empty() ? "/" : normal;
}

bool is_at_or_below(std::string_view path, std::string_view root) {
  if (root == "/") return true;
  return path.starts_with(root) && (path.size() == root.size() || path[root.size()] == '/');
}

}  // namespace wsconform
