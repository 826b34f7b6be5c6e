// The results of a run that goes on, written down as they come, so that they survive its end
// whatever ends it. A JSON text sequence (RFC 7464): the results without a case first, then one
// case a record, in the order in which they ended.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "reports/results/results.h"

namespace wsconform {

// Where the journal of these results stands: beside their JSON.
std::string journal_of(const std::string& json_path);

// The records, each whole.
std::string journal_head(Results results);
std::string journal_entry(const CaseResult& result);

// The results of a journal, or of their JSON: the first byte tells which. A journal's run was
// killed; its last record may be cut off, and is left out then. The error is one sentence, as that
// of results_from_json.
std::expected<Results, std::string> results_from_file(std::string_view text);

}  // namespace wsconform
