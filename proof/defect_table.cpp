#include "proof/defect_table.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "proof/reference_target.h"
#include "runner/casebook/case.h"

namespace wsconform {
namespace {

// Takes the next row that nobody has, until there is none.
void fill_rows(const std::vector<Case>& cases, std::vector<DefectTable::Row>& rows,
               std::atomic<std::size_t>& next) {
  for (std::size_t at = next++; at < rows.size(); at = next++) {
    for (const Case& each : cases)
      if (can_catch(each) && catches(each, *rows[at].defect)) rows[at].catchers.push_back(each.id);
  }
}

std::size_t rows_with(const std::vector<DefectTable::Row>& rows, std::size_t catchers) {
  return static_cast<std::size_t>(std::ranges::count_if(
      rows, [&](const DefectTable::Row& row) { return row.catchers.size() == catchers; }));
}

}  // namespace

bool catches(const Case& each, const Defect& defect) {
  const Verdict verdict = judge_in_memory(each, &defect).result.verdict;
  const bool noticed = verdict == Verdict::lenient && (each.level != Level::must || defect.lenient);
  return noticed || verdict == Verdict::fail || verdict == Verdict::error;
}

bool can_catch(const Case& each) {
  return judges(each.level);
}

std::size_t DefectTable::uncaught() const {
  return rows_with(rows, 0);
}

std::size_t DefectTable::caught_by_one() const {
  return rows_with(rows, 1);
}

DefectTable defect_table(const std::vector<Case>& cases, std::span<const Defect* const> defects,
                         unsigned threads) {
  DefectTable table;
  for (const Defect* each : defects) table.rows.push_back({each, {}});
  std::atomic<std::size_t> next = 0;
  {
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < std::max(1U, threads); ++i)
      workers.emplace_back([&] { fill_rows(cases, table.rows, next); });
  }
  for (const Case& each : cases) {
    const bool needed = std::ranges::any_of(table.rows, [&](const DefectTable::Row& row) {
      return std::ranges::find(row.catchers, each.id) != row.catchers.end();
    });
    if (can_catch(each) && !needed) table.unneeded.push_back(each.id);
  }
  return table;
}

}  // namespace wsconform
