#include "core/request_target.h"

#include <algorithm>
#include <cstddef>

#include "core/ascii.h"
#include "core/http_head.h"

namespace wsconform {
namespace {

constexpr std::size_t npos = std::string_view::npos;

bool is_one_of(char c, std::string_view set) {
  return set.contains(c);
}

bool is_unreserved(char c) {
  return is_letter_or_digit(c) || is_one_of(c, "-._~");
}
bool is_sub_delim(char c) {
  return is_one_of(c, "!$&'()*+,;=");
}

// Only unreserved characters, sub-delims, whole percent-encodings and characters of `more`.
bool is_uri_text(std::string_view text, std::string_view more) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '%') {
      if (text.size() - i < 3 || !is_hex_digit(text[i + 1]) || !is_hex_digit(text[i + 2]))
        return false;
      i += 2;
    } else if (!is_unreserved(c) && !is_sub_delim(c) && !is_one_of(c, more)) {
      return false;
    }
  }
  return true;
}

// absolute-path [ "?" query ], or just the query where `path_may_be_empty`.
bool is_path_and_query(std::string_view text, bool path_may_be_empty) {
  const auto mark = text.find('?');
  const std::string_view path = text.substr(0, mark);
  const std::string_view query = mark == npos ? std::string_view() : text.substr(mark + 1);
  const bool begins = path.empty() ? path_may_be_empty : path.front() == '/';
  return begins && is_uri_text(path, ":@/") && is_uri_text(query, ":@/?");
}

bool is_port(std::string_view text) {
  if (!std::ranges::all_of(text, is_digit)) return false;
  int port = 0;
  for (const char c : text) {
    port = port * 10 + (c - '0');
    if (port > 65535) return false;
  }
  return true;
}

bool is_dotted_quad(std::string_view text) {
  for (int part = 0; part < 4; ++part) {
    const auto dot = text.find('.');
    const std::string_view octet = text.substr(0, dot);
    if (octet.empty() || octet.size() > 3 || !std::ranges::all_of(octet, is_digit)) return false;
    if (octet.size() == 3 && octet > "255") return false;
    if ((dot == npos) != (part == 3)) return false;
    text.remove_prefix(dot == npos ? text.size() : dot + 1);
  }
  return true;
}

// Groups of 16 bits between colons, -1 where one is malformed; a closing dotted quad
// counts for two.
int count_groups(std::string_view text) {
  int groups = 0;
  while (!text.empty()) {
    const auto colon = text.find(':');
    const std::string_view group = text.substr(0, colon);
    const bool hex =
        !group.empty() && group.size() <= 4 && std::ranges::all_of(group, is_hex_digit);
    if (!hex && (colon != npos || !is_dotted_quad(group))) return -1;
    groups += hex ? 1 : 2;
    if (colon == text.size() - 1) return -1;
    text.remove_prefix(colon == npos ? text.size() : colon + 1);
  }
  return groups;
}

bool is_ipv6(std::string_view text) {
  const auto gap = text.find("::");
  if (gap == npos) return count_groups(text) == 8;
  const std::string_view before = text.substr(0, gap);
  const int left = count_groups(before);
  const int right = count_groups(text.substr(gap + 2));
  // A dotted quad ends the address: none may stand before the gap.
  return left >= 0 && right >= 0 && !before.contains('.') && left + right <= 7;
}

}  // namespace

bool is_websocket_target(std::string_view target) {
  if (target.starts_with('/')) return is_path_and_query(target, false);
  const auto scheme_end = target.find("://");
  if (scheme_end == npos) return false;
  const std::string_view scheme = target.substr(0, scheme_end);
  if (!equals_ignoring_case(scheme, "http") && !equals_ignoring_case(scheme, "https")) return false;
  const std::string_view rest = target.substr(scheme_end + 3);
  const auto authority_end = std::min(rest.find_first_of("/?"), rest.size());
  return is_host(rest.substr(0, authority_end)) &&
         is_path_and_query(rest.substr(authority_end), true);
}

bool is_host(std::string_view value) {
  if (value.starts_with('[')) {
    const auto end = value.find(']');
    if (end == npos || !is_ipv6(value.substr(1, end - 1))) return false;
    const std::string_view rest = value.substr(end + 1);
    return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
  }
  const auto colon = value.find(':');
  const std::string_view name = value.substr(0, colon);
  return !name.empty() && is_uri_text(name, "") &&
         (colon == npos || is_port(value.substr(colon + 1)));
}

}  // namespace wsconform
