#include "cli/nearest_ids.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace wsconform {
namespace {

constexpr std::size_t longest_id = 200;

std::size_t distance_to_a_tail(std::string_view id, std::string_view text) {
  std::size_t least = edit_distance(id, text);
  for (auto slash = id.find('/'); slash != id.npos; slash = id.find('/', slash + 1))
    least = std::min(least, edit_distance(id.substr(slash + 1), text));
  return least;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

std::vector<std::string> nearest_ids(const std::vector<std::string>& ids, std::string_view text,
                                     std::size_t most) {
  text = text.substr(0, longest_id);
  const std::size_t farthest = std::max<std::size_t>(2, text.size() / 3);
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const std::string& id : ids) {
    const std::size_t distance = distance_to_a_tail(id, text);
    if (distance <= farthest) near.emplace_back(distance, id);
  }
  std::ranges::sort(near);
  std::vector<std::string> nearest;
  for (auto& [distance, id] : near) {
    if (nearest.size() == most) break;
    nearest.push_back(std::move(id));
  }
  return nearest;
}

}  // namespace wsconform
