#include "runner/casebook/coverage.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "runner/casebook/case.h"
#include "runner/input/id_order.h"

namespace wsconform {
namespace {

bool is_for(const Case& each, Role side) {
  return std::ranges::find(each.sides, side) != each.sides.end();
}

// By requirement, the cases that cite it.
std::map<std::string, std::set<std::string>> citations(const std::vector<Case>& cases, Role side) {
  std::map<std::string, std::set<std::string>> cited;
  for (const Case& each : cases) {
    if (!is_for(each, side)) continue;
    for (const std::string& id : each.requirements) cited[id].insert(each.id);
  }
  return cited;
}

struct BySection {
  bool operator()(const CoverageRow& a, const CoverageRow& b) const {
    return id_before(a.standard + '/' + a.section, b.standard + '/' + b.section);
  }
};

}  // namespace

std::vector<CoverageRow> coverage(const std::vector<Requirement>& requirements,
                                  const std::vector<Case>& cases, Role side) {
  const auto cited = citations(cases, side);
  std::map<std::pair<std::string, std::string>, std::pair<CoverageRow, std::set<std::string>>>
      found;
  for (const Requirement& each : requirements) {
    if (std::ranges::find(each.binds, side) == each.binds.end()) continue;
    auto& [row, ids] = found[{each.standard, each.section}];
    row.standard = each.standard;
    row.section = each.section;
    row.requirements += 1;
    row.testable += each.testable ? 1 : 0;
    const auto citing = cited.find(each.id);
    if (citing == cited.end()) continue;
    row.covered += each.testable ? 1 : 0;
    ids.insert(citing->second.begin(), citing->second.end());
    row.variants = ids.size();
  }
  std::vector<CoverageRow> rows;
  for (auto& [section, entry] : found) rows.push_back(std::move(entry.first));
  std::ranges::sort(rows, BySection{});
  return rows;
}

CoverageRow total_of(const std::vector<CoverageRow>& rows, const std::vector<Case>& cases,
                     Role side) {
  CoverageRow total;
  for (const CoverageRow& each : rows) {
    total.requirements += each.requirements;
    total.testable += each.testable;
    total.covered += each.covered;
  }
  total.variants = static_cast<std::size_t>(
      std::ranges::count_if(cases, [&](const Case& each) { return is_for(each, side); }));
  return total;
}

}  // namespace wsconform
