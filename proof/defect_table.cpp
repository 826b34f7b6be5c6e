#include "proof/defect_table.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <thread>

#include "proof/reference_target.h"
#include "runner/casebook/case.h"

namespace wsconform {
namespace {

// Those that can catch a defect.
struct Candidates {
  std::vector<const Case*> light{};
  std::vector<const Case*> heavy{};  // where these are spared; else they stand among the others
};

Candidates candidates_among(const std::vector<Case>& cases, bool spares_heavy) {
  Candidates found;
  for (const Case& each : cases)
    if (can_catch(each))
      (spares_heavy && is_heavy(each) ? found.heavy : found.light).push_back(&each);
  return found;
}

void try_on(DefectTable::Row& row, const std::vector<const Case*>& cases,
            std::size_t most_catchers) {
  for (const Case* each : cases) {
    if (row.catchers.size() == most_catchers) {
      row.whole = false;
      return;
    }
    if (catches(*each, *row.defect)) row.catchers.push_back(each->id);
  }
}

void fill(DefectTable::Row& row, const Candidates& cases, std::size_t most_catchers) {
  try_on(row, cases.light, most_catchers);
  row.spared = !row.catchers.empty() && !cases.heavy.empty();
  if (!row.spared) try_on(row, cases.heavy, most_catchers);
}

struct Progress {
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> done = 0;
};

// Takes the next row that nobody has, until there is none.
void fill_rows(const Candidates& cases, std::vector<DefectTable::Row>& rows,
               const DefectTableOptions& options, Progress& progress) {
  for (std::size_t at = progress.next++; at < rows.size(); at = progress.next++) {
    fill(rows[at], cases, options.most_catchers);
    const std::size_t done = ++progress.done;
    if (options.done) options.done(done);
  }
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

bool catches(const Case& each, const Defect& defect) {
  const Verdict verdict = judge_in_memory(each, &defect).result.verdict;
  const bool noticed = verdict == Verdict::lenient && (each.level != Level::must || defect.lenient);
  return noticed || verdict == Verdict::fail || verdict == Verdict::error;
}

bool is_heavy(const Case& each) {
  constexpr std::uint64_t most_light = 8 * 1024;  // bytes
  std::uint64_t bytes = 0;
  for (const WireEntry& entry : judge_in_memory(each).result.wire) bytes += entry.size;
  return bytes > most_light;
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
                         const DefectTableOptions& options) {
  assert(std::ranges::none_of(defects, [](const Defect* each) { return each == nullptr; }));
  DefectTable table;
  for (const Defect* each : defects) table.rows.push_back({.defect = each, .catchers = {}});
  const Candidates candidates = candidates_among(cases, options.spares_heavy);
  Progress progress;
  {
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < std::max(1U, options.threads); ++i)
      workers.emplace_back([&] { fill_rows(candidates, table.rows, options, progress); });
  }
  if (std::ranges::all_of(table.rows, [](const auto& row) { return row.whole && !row.spared; }))
    table.unneeded = unneeded_of(cases, table.rows);
  return table;
}

}  // namespace wsconform
