#include "reports/results/stop.h"

namespace wsconform {
namespace {

std::string listed(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& each : ids) text += (text.empty() ? "" : ", ") + each;
  return text;
}

std::string without_period(std::string sentence) {
  if (sentence.ends_with('.')) sentence.pop_back();
  return sentence;
}

}  // namespace

std::string words(const Stop& stop) {
  switch (stop.kind) {
    case Stop::Kind::interrupted:
      return "interrupted";
    case Stop::Kind::unexpected_result:
      return "stopped at the first unexpected result";
    case Stop::Kind::target_died:
      return "the target died or hangs; cases under way: " + listed(stop.under_way);
    case Stop::Kind::target_silent:
      return "after the last case, the target did not serve an ordinary connection: " +
             without_period(stop.why);
    case Stop::Kind::out_of_time:
      return "its time was up (--max-time); left out: " + stop.why;
    case Stop::Kind::machine_fault:
      return "the machine that wsconform runs on failed: " + stop.why;
    case Stop::Kind::killed:
      return "wsconform was killed";
  }
  return {};
}

std::string sentence_about(const Stop& stop) {
  std::string says = words(stop);
  if (stop.kind != Stop::Kind::target_silent) return "The run ended early: " + says + '.';
  says.front() = 'A';
  return says + '.';
}

}  // namespace wsconform
