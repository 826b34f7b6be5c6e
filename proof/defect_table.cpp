#include "proof/defect_table.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <functional>
#include <optional>
#include <thread>

#include "proof/rehearsal.h"
#include "runner/casebook/case.h"

namespace wsconform {
namespace {

// Those that can catch a defect, rehearsed.
struct Candidates {
  std::vector<const Rehearsal*> light{};
  std::vector<const Rehearsal*>
      heavy{};  // where these are spared; else they stand among the others
};

Candidates candidates_among(const std::vector<std::optional<Rehearsal>>& rehearsals,
                            bool spares_heavy) {
  Candidates found;
  for (const std::optional<Rehearsal>& each : rehearsals)
    if (each) (spares_heavy && each->is_heavy() ? found.heavy : found.light).push_back(&*each);
  return found;
}

void try_on(DefectTable::Row& row, const std::vector<const Rehearsal*>& cases,
            std::size_t most_catchers) {
  for (const Rehearsal* each : cases) {
    if (row.catchers.size() == most_catchers) {
      row.whole = false;
      return;
    }
    if (each->catches(*row.defect)) row.catchers.push_back(each->rehearsed().id);
  }
}

void fill(DefectTable::Row& row, const Candidates& cases, std::size_t most_catchers) {
  try_on(row, cases.light, most_catchers);
  row.spared = !row.catchers.empty() && !cases.heavy.empty();
  if (!row.spared) try_on(row, cases.heavy, most_catchers);
}

// Does each of `count`, side by side in so many threads.
void for_each_in_threads(std::size_t count, unsigned threads,
                         const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  const auto take_the_next = [&] {
    for (std::size_t at = next++; at < count; at = next++) work(at);
  };
  std::vector<std::jthread> workers;
  for (unsigned i = 0; i < std::max(1U, threads); ++i) workers.emplace_back(take_the_next);
}

// Empty where a case cannot catch a defect.
std::vector<std::optional<Rehearsal>> rehearsed(const std::vector<Case>& cases, unsigned threads) {
  std::vector<std::optional<Rehearsal>> rehearsals(cases.size());
  for_each_in_threads(cases.size(), threads, [&](std::size_t at) {
    if (can_catch(cases[at])) rehearsals[at].emplace(cases[at]);
  });
  return rehearsals;
}

std::vector<std::string> unneeded_of(const std::vector<Case>& cases,
                                     const std::vector<DefectTable::Row>& rows) {
  std::vector<std::string> unneeded;
  for (const Case& each : cases) {
    const bool needed = std::ranges::any_of(rows, [&](const DefectTable::Row& row) {
      return std::ranges::find(row.catchers, each.id) != row.catchers.end();
    });
    if (can_catch(each) && !needed) unneeded.push_back(each.id);
  }
  return unneeded;
}

std::size_t rows_with(const std::vector<DefectTable::Row>& rows, std::size_t catchers) {
  return static_cast<std::size_t>(std::ranges::count_if(
      rows, [&](const DefectTable::Row& row) { return row.catchers.size() == catchers; }));
}

}  // namespace

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
                         const DefectTableOptions& options) {
  assert(std::ranges::none_of(defects, [](const Defect* each) { return each == nullptr; }));
  DefectTable table;
  for (const Defect* each : defects) table.rows.push_back({.defect = each, .catchers = {}});
  const auto rehearsals = rehearsed(cases, options.threads);
  const Candidates candidates = candidates_among(rehearsals, options.spares_heavy);
  std::atomic<std::size_t> done = 0;
  for_each_in_threads(table.rows.size(), options.threads, [&](std::size_t at) {
    fill(table.rows[at], candidates, options.most_catchers);
    const std::size_t rows = ++done;
    if (options.done) options.done(rows);
  });
  if (std::ranges::all_of(table.rows, [](const auto& row) { return row.whole && !row.spared; }))
    table.unneeded = unneeded_of(cases, table.rows);
  return table;
}

}  // namespace wsconform
