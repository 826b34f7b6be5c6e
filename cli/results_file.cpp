#include "cli/results_file.h"

#include "reports/results/journal.h"
#include "runner/input/input_error.h"
#include "runner/input/text_file.h"

namespace wsconform {

Results read_results(const std::string& path) {
  constexpr std::size_t max_size = 256 * 1024 * 1024;  // bytes
  auto results = results_from_file(read_text_file(path, max_size));
  if (!results) throw InputError(path, 0, "", "holds no results of wsconform: " + results.error());
  return *std::move(results);
}

}  // namespace wsconform
