#include "reports/results/stop.h"

namespace wsconform {
namespace {

std::string listed(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& each : ids) text += (text.empty() ? "" : ", ") + each;
  return text;
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
      return "after the last case the target no longer answered: " + stop.why;
    case Stop::Kind::out_of_time:
      return "its time was up (--max-time); left out: " + stop.why;
    case Stop::Kind::machine_fault:
      return "the machine that wsconform runs on failed: " + stop.why;
    case Stop::Kind::killed:
      return "wsconform was killed";
  }
  return {};
}

}  // namespace wsconform
