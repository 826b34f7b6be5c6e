// One target judged as the command line says: the cases read and chosen, the target started where
// it is ours, the run, and what of it was not expected.
#pragma once

#include <optional>

#include "cli/journal_file.h"
#include "cli/run_command.h"
#include "reports/console.h"
#include "reports/results/results.h"
#include "runner/casebook/known_failing.h"
#include "runner/target/profile_file.h"

namespace wsconform {

// The list of the target; empty where it has none, or where --update-known-failing makes it. Throws
// UsageError or InputError.
KnownFailing known_failing_of(const RunCommand& command, const DeclaredTarget& target);

struct Judged {
  Results results;                   // complete, exit code included
  std::optional<KnownFailing> list;  // as --update-known-failing is to write it
};

// Console and journal are told of the beginning and of each result. Clears away the reports of an
// earlier run before the target is asked. Throws InputError or UsageError before the target is
// asked, TargetUnreachable before the first case, std::system_error (see written_file.h).
Judged judge(const RunCommand& command, const DeclaredTarget& target, Console& console,
             JournalFile& journal);

}  // namespace wsconform
