// Spellings of a path that get around the rule that holds at it (RFC 3986 §6.2, RFC 9112 §3.2).
#include <algorithm>

#include "core/ascii.h"
#include "server-under-test/hooks.h"
#include "server-under-test/planted_defects.h"
#include "server-under-test/site/normal_path.h"

namespace wsconform {
namespace {

// As it is spelled, without the query.
std::string spelled_path(const HttpHead& request) {
  const auto line = parse_request_line(request.start_line);
  return line ? std::string(line->target.substr(0, line->target.find('?'))) : std::string();
}

// No rule holds where the spelling is so.
Defect open_where(std::string id, std::string says, bool (*is_so)(std::string_view path)) {
  return {.id = std::move(id),
          .says = std::move(says),
          .access = [is_so](AccessPolicy& policy, HttpHead& request) {
            if (is_so(spelled_path(request))) policy = AccessPolicy{};
          }};
}

// A letter or a digit as %XX.
bool has_encoded_letter(std::string_view path) {
  for (std::size_t at = path.find('%'); at != path.npos; at = path.find('%', at + 1))
    if (is_letter_or_digit(percent_decoded(path.substr(at, 3)).front())) return true;
  return false;
}
bool has_upper_case(std::string_view path) {
  return !path.contains('%') && std::ranges::any_of(path, is_upper_letter);
}
bool holds_text(std::string_view path, std::string_view part) {
  return in_lower_case(path).contains(part);
}

}  // namespace

std::vector<Defect> path_defects() {
  return {
      open_where("path-encoded-is-open",
                 "Applies no access rule to a path with a percent-encoded letter.",
                 has_encoded_letter),
      open_where("path-in-upper-case-is-open",
                 "Applies no access rule to a path in capitals, but serves it.", has_upper_case),
      open_where("path-with-slash-behind-is-open",
                 "Applies no access rule to a path with a slash at its end.",
                 [](std::string_view path) { return path.size() > 1 && path.ends_with('/'); }),
      open_where("path-with-two-slashes-is-open",
                 "Applies no access rule to a path that begins with two slashes.",
                 [](std::string_view path) { return path.starts_with("//"); }),
      open_where("path-with-dot-is-open",
                 "Applies no access rule to a path with the segment \".\" in it.",
                 [](std::string_view path) { return path.starts_with("/./"); }),
      open_where("path-with-dots-is-open",
                 "Applies no access rule to a path that goes up and down again.",
                 [](std::string_view path) { return path.contains("/../"); }),
      open_where("path-with-encoded-dot-is-open",
                 "Applies no access rule to a path with a percent-encoded dot.",
                 [](std::string_view path) { return holds_text(path, "%2e"); }),
      open_where("path-with-encoded-slash-is-open",
                 "Applies no access rule to a path with a percent-encoded slash.",
                 [](std::string_view path) { return holds_text(path, "%2f"); }),
      open_where("path-with-backslash-is-open",
                 "Applies no access rule to a path with a backslash at its end.",
                 [](std::string_view path) { return holds_text(path, "%5c"); }),
      open_where("path-with-parameter-is-open",
                 "Applies no access rule to a path with a parameter after \";\".",
                 [](std::string_view path) { return path.contains(';'); }),
      open_where("path-in-absolute-form-is-open",
                 "Applies no access rule to a target in absolute form.",
                 [](std::string_view path) { return path.starts_with("http"); }),
      judging("path-with-query-is-open",
              "Applies the access rule of a path only if no query follows.",
              [](AccessPolicy& policy, HttpHead& request) {
                const auto line = parse_request_line(request.start_line);
                if (line && line->target.ends_with("?wsconform=1") &&
                    !line->target.starts_with("/ticket"))
                  policy = AccessPolicy{};
              }),
  };
}

}  // namespace wsconform
