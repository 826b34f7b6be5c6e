#include "runner/conversation/case_sense.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <set>
#include <variant>

#include "core/placeholder.h"
#include "runner/casebook/autobahn_ids.h"
#include "runner/casebook/case.h"
#include "runner/target/features.h"

namespace wsconform {
namespace {

// What was sent and is not answered yet, as far as it can be known.
class Asked {
 public:
  void operator()(const SendFrame& step) {
    if (step.opcode == Opcode::ping) pinged_ = true;
    if (step.opcode == Opcode::text || step.opcode == Opcode::binary) under_way_ = step.opcode;
    const bool message_ends = step.fin && !is_control(step.opcode);
    if (!message_ends) return;
    for (std::uint64_t n = 0; n < std::min<std::uint64_t>(step.times, 1000); ++n)
      messages_.push_back(under_way_);
  }
  void operator()(const SendBytes&) { anything_ = true; }
  void operator()(const SendRequest& step) { anything_ = anything_ || step.body.size() > 0; }
  void operator()(const Reconnect&) { *this = {}; }
  void operator()(const ExpectFrame& step) {
    if (anything_ || !fault_.empty()) return;
    if (step.opcode == Opcode::pong && !pinged_) fault_ = "awaits a Pong, and no Ping was sent";
    if (step.opcode != Opcode::text && step.opcode != Opcode::binary) return;
    if (messages_.empty()) {
      fault_ = "awaits a message, and none that is unanswered was sent";
    } else if (messages_.front() != step.opcode) {
      fault_ = fmt::format("awaits a {} message in answer to a {} one", name_of(step.opcode),
                           name_of(messages_.front()));
    } else {
      messages_.pop_front();
    }
  }
  void operator()(const ExpectEnding& step) {
    if (any_of_kind(step.endings, EndingKind::echo)) messages_.clear();
  }
  template <typename Kind>
  void operator()(const Kind&) {}

  const std::string& fault() const { return fault_; }

 private:
  Opcode under_way_ = Opcode::text;
  std::deque<Opcode> messages_;
  bool pinged_ = false;
  bool anything_ = false;
  std::string fault_;
};

}  // namespace

std::string fault_of_needs(const Case& made) {
  for (const std::string& need : made.needs)
    if (!need.starts_with("x-") && std::ranges::find(known_features, need) == known_features.end())
      return fmt::format(
          "needs \"{}\", which no run finds out (a need of your own begins with \"x-\")", need);
  return "";
}

std::string fault_of_autobahn_ids(const Case& made) {
  for (const std::string& id : made.autobahn)
    if (!is_autobahn_id(id)) return fmt::format("names \"{}\", which is no id of Autobahn's", id);
  return "";
}

std::string fault_of_answers(const Case& made) {
  Asked asked;
  for (const Step& each : made.steps) visit_step(asked, each);
  return asked.fault();
}

std::string unused_dimension(const Json& entry) {
  if (!entry.is_object() || !entry.contains("each") || !entry["each"].is_object()) return "";
  Json body = entry;
  body.erase("each");
  std::set<std::string, std::less<>> used;
  const auto note = [&](std::string_view name) -> std::optional<std::string> {
    used.emplace(name.substr(0, name.find('.')));
    return std::nullopt;
  };
  with_placeholders(body.dump(-1, ' ', false, Json::error_handler_t::replace), note);
  for (const auto& [name, values] : entry["each"].items())
    if (!used.contains(name)) return name;
  return "";
}

}  // namespace wsconform
