#include "reports/results/cause.h"

namespace wsconform {

std::string key_of(const Cause& cause) {
  return cause.came.empty() ? cause.asked : cause.asked + ':' + cause.came;
}

Cause cause_with_key(std::string_view key) {
  const auto colon = key.find(':');
  if (colon == key.npos) return {std::string(key), ""};
  return {std::string(key.substr(0, colon)), std::string(key.substr(colon + 1))};
}

}  // namespace wsconform
