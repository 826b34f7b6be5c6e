#include "reports/github.h"

#include <fmt/format.h>

#include <vector>

#include "core/percent.h"
#include "core/phrase.h"
#include "core/visible_text.h"
#include "reports/alert.h"
#include "reports/case_text.h"
#include "reports/cause_text.h"
#include "reports/results/results.h"

namespace wsconform {
namespace {

std::string escaped(std::string_view text, std::string_view special) {
  std::string out;
  for (const char character : text) {
    if (special.find(character) == std::string_view::npos) {
      out += character;
    } else {
      out += triplet_of(character);
    }
  }
  return out;
}

std::string annotation(std::string_view level, std::string_view title, std::string_view message) {
  return fmt::format("::{} title={}::{}\n", level, escaped(title, "%\r\n:,"),
                     escaped(message, "%\r\n"));
}

std::string annotation_of(const Alert& alert, const Results& results) {
  const CauseWords& words = alert.words;
  std::string message = evidence_of(alert);
  if (!words.rule.empty()) message += "\n" + words.rule;
  if (!words.change.empty()) message += "\n" + words.change;
  if (!words.url.empty()) message += "\n" + words.url;
  return annotation(alert.group.fails > 0 ? "error" : "warning",
                    fmt::format("{}: {}", title_of(results), words.title),
                    message + "\n" + command_for(results, *alert.group.simplest));
}

}  // namespace

std::string to_github_annotations(const Results& results) {
  std::vector<Alert> alerts = alerts_of(results);
  std::erase_if(alerts, [](const Alert& each) { return each.expected; });
  const bool all = alerts.size() <= most_annotations;
  const std::size_t shown = all ? alerts.size() : most_annotations - 1;
  std::string out;
  for (std::size_t i = 0; i < shown; ++i) out += annotation_of(alerts[i], results);
  if (!all)
    out += annotation("notice", title_of(results) + ": more causes",
                      counted(alerts.size() - shown, "more cause") + ": see the report.");
  return out;
}

std::string begin_github_group(std::string_view title) {
  return fmt::format("::group::{}\n", escaped(visible(title), "%\r\n"));
}

std::string end_github_group() {
  return "::endgroup::\n";
}

}  // namespace wsconform
