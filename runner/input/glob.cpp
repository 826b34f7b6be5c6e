#include "runner/input/glob.h"

#include <string>

namespace wsconform {

bool glob_matches(std::string_view glob, std::string_view text) {
  std::size_t g = 0;
  std::size_t t = 0;
  std::size_t star = glob.npos;  // the latest *, and the text that it took so far
  std::size_t taken_to = 0;
  while (t < text.size()) {
    if (g < glob.size() && glob[g] == '*') {
      star = g++;
      taken_to = t;
    } else if (g < glob.size() && (glob[g] == '?' || glob[g] == text[t])) {
      ++g;
      ++t;
    } else if (star != glob.npos) {
      g = star + 1;
      t = ++taken_to;
    } else {
      return false;
    }
  }
  return glob.find_first_not_of('*', g) == glob.npos;
}

bool id_matches(std::string_view pattern, std::string_view id) {
  if (glob_matches(pattern, id)) return true;
  if (pattern.empty() || pattern.find_first_of("*?") != pattern.npos) return false;
  const std::string parts = "/" + std::string(id) + "/";
  return parts.find("/" + std::string(pattern) + "/") != parts.npos;
}

}  // namespace wsconform
