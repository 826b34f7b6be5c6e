#include "reports/results/journal.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <sstream>
#include <utility>
#include <vector>

#include "reports/results/results_json.h"

namespace wsconform {
namespace {

constexpr char record_separator = '\x1E';  // RFC 7464 §2.2

std::string record_of(const auto& value) {
  std::ostringstream text;
  text << record_separator;
  write_json(value, text);
  return std::move(text).str();
}

// Those that end in a line of their own closing brace; the braces of what they hold are indented.
std::vector<std::string_view> whole_records(std::string_view text) {
  std::vector<std::string_view> records;
  while (!text.empty()) {
    text.remove_prefix(1);
    const std::string_view record = text.substr(0, text.find(record_separator));
    if (record.ends_with("\n}\n")) records.push_back(record);
    text.remove_prefix(record.size());
  }
  return records;
}

std::expected<Results, std::string> results_from_journal(std::string_view text) {
  const std::vector<std::string_view> records = whole_records(text);
  if (records.empty()) return std::unexpected("the journal ends before its first record");
  std::expected<Results, std::string> results = results_from_json(records.front());
  for (std::size_t i = 1; results && i < records.size(); ++i) {
    std::expected<CaseResult, std::string> result = case_from_json(records[i]);
    if (!result) return std::unexpected(fmt::format("record {}: {}", i + 1, result.error()));
    results->cases.push_back(*std::move(result));
  }
  return results;
}

}  // namespace

std::string journal_of(const std::string& json_path) {
  return json_path + ".journal";
}

std::string journal_head(Results results) {
  results.cases.clear();
  results.stop = Stop{.kind = Stop::Kind::killed, .under_way = {}, .why = {}};
  return record_of(results);
}

std::string journal_entry(const CaseResult& result) {
  return record_of(result);
}

std::expected<Results, std::string> results_from_file(std::string_view text) {
  return text.starts_with(record_separator) ? results_from_journal(text) : results_from_json(text);
}

}  // namespace wsconform
