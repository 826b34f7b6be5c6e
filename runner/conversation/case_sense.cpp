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
    if (step.opcode == Opcode::ping) here().pinged = true;
    if (step.opcode == Opcode::text || step.opcode == Opcode::binary)
      here().under_way = step.opcode;
    const bool message_ends = step.fin && !is_control(step.opcode);
    if (!message_ends) return;
    const std::size_t times = std::min<std::uint64_t>(step.times, 1000);
    const auto awaited = [&](OfConnection& hearer) {
      hearer.messages.insert(hearer.messages.end(), times, here().under_way);
    };
    if (step.heard_by.empty()) awaited(here());
    for (const std::uint64_t number : step.heard_by) awaited(connections_.at(number - 1));
  }
  void operator()(const SendBytes&) { here().anything = true; }
  void operator()(const SendRequest& step) {
    here().anything = here().anything || step.body.size() > 0;
  }
  void operator()(const Reconnect&) {
    current_ = connections_.size();
    connections_.emplace_back();
  }
  void operator()(const TurnTo& step) { current_ = step.connection - 1; }
  void operator()(const ExpectFrame& step) {
    if (here().anything || !fault_.empty()) return;
    if (step.opcode == Opcode::pong && !here().pinged)
      fault_ = "awaits a Pong, and no Ping was sent";
    if (step.opcode != Opcode::text && step.opcode != Opcode::binary) return;
    std::deque<Opcode>& messages = here().messages;
    if (messages.empty()) {
      fault_ = "awaits a message, and none that is unanswered was sent";
    } else if (messages.front() != step.opcode) {
      fault_ = fmt::format("awaits a {} message in answer to a {} one", name_of(step.opcode),
                           name_of(messages.front()));
    } else {
      messages.pop_front();
    }
  }
  void operator()(const ExpectEnding& step) {
    if (any_of_kind(step.endings, EndingKind::echo)) here().messages.clear();
  }
  template <typename Kind>
  void operator()(const Kind&) {}

  const std::string& fault() const { return fault_; }

 private:
  struct OfConnection {
    Opcode under_way = Opcode::text;
    std::deque<Opcode> messages;
    bool pinged = false;
    bool anything = false;
  };
  OfConnection& here() { return connections_.at(current_); }

  std::vector<OfConnection> connections_ = std::vector<OfConnection>(1);
  std::size_t current_ = 0;
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
