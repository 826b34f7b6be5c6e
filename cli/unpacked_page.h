// For tests: what an HTML report holds packed (reports/html_data.h).
#pragma once

#include <zlib.h>

#include <map>
#include <string>

#include "core/base64.h"

namespace wsconform::tested {

inline std::string inflated(const std::string& bytes) {
  std::string out(1024 * 1024, '\0');
  auto size = static_cast<uLongf>(out.size());
  const bool whole = uncompress(reinterpret_cast<Bytef*>(out.data()), &size,
                                reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()) == Z_OK;
  out.resize(whole ? size : 0);
  return out;
}

// The blocks of a small page, each JSON, by their names.
inline std::map<std::string, std::string> blocks_of_page(const std::string& page) {
  const std::string begin = "<script type=\"text/plain\" id=\"";
  std::map<std::string, std::string> blocks;
  for (std::size_t at = page.find(begin); at != page.npos; at = page.find(begin, at + 1)) {
    const std::size_t name = at + begin.size();
    const std::size_t text = page.find('>', name) + 1;
    const std::string packed = page.substr(text, page.find('<', text) - text);
    blocks[page.substr(name, page.find('"', name) - name)] =
        inflated(base64_decode(packed).value_or(""));
  }
  return blocks;
}

}  // namespace wsconform::tested
