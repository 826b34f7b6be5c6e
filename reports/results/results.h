// What a run found, as data: the one thing every report is made from. Its JSON form is described by
// reports/results/results.schema.json and read and written by results_json.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/role.h"
#include "reports/results/case_result.h"
#include "reports/results/requirement.h"
#include "reports/results/stop.h"
#include "reports/results/target_facts.h"
#include "reports/results/verdict.h"

namespace wsconform {

struct Results {
  int version = 1;           // of the format
  std::string wsconform;     // version of the program
  Role side = Role::server;  // whom the run judged
  std::string started;       // RFC 3339, UTC
  double duration_ms = 0;
  std::uint64_t seed = 0;
  bool shuffled = false;
  int jobs = 0;
  Target target;
  std::vector<CaseResult> cases;          // in the order of their ids
  std::vector<Requirement> requirements;  // the whole catalogue
  bool filtered = false;                  // a filter left cases out
  std::size_t excluded = 0;               // cases that --exclude left out
  // Entries of the list that match no case there is: unexpected, but told only where filtered.
  std::vector<std::string> dead_known_failing;
  std::optional<Stop> stop;  // why the run ended early; nothing: it went to its end
  int exit_code = 0;

  bool operator==(const Results&) const = default;
};

using Counts = std::map<Verdict, std::size_t>;  // holds every verdict
Counts count_verdicts(const std::vector<CaseResult>& cases);
// Cases that count against exit code 0.
std::size_t count_unexpected(const Results& results);
// Entries of the known-failing list that do so too.
std::size_t count_unexpected_entries(const Results& results);

}  // namespace wsconform
