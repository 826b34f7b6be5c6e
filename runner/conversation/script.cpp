#include "runner/conversation/script.h"

#include "runner/casebook/case.h"
#include "runner/conversation/proportion.h"

namespace wsconform {
namespace {

ExpectResponse opened() {
  ExpectResponse response;
  response.status.ranges = {{101, 101}};
  return response;
}

void shake_hands(const SendRequest& handshake, std::vector<Cue>& script) {
  script.emplace_back(Act(handshake));
  script.emplace_back(Expectation(opened()));
}

void add_trial(const SendRequest& request, Trial trial, std::vector<Cue>& script) {
  script.emplace_back(Act(Reconnect{.handshake = false, .ends_earlier = true}));
  script.emplace_back(Act(request));
  script.emplace_back(TakeTime{trial});
}

void add_trials(const ExpectProportion& step, std::vector<Cue>& script) {
  for (int round = 0; round < Proportion::rounds; ++round) {
    for (const Trial trial : {Trial::harmless, Trial::quarter, Trial::whole})
      add_trial(step.trials.at(static_cast<std::size_t>(trial)), trial, script);
  }
  script.emplace_back(Expectation(step));
}

}  // namespace

std::vector<Cue> whole_script(const Case& each) {
  std::vector<Cue> script;
  if (each.opens) shake_hands(each.handshake, script);
  for (const Step& step : each.steps) {
    if (const auto* proportion = as<ExpectProportion>(step)) {
      add_trials(*proportion, script);
      continue;
    }
    std::visit([&](const auto& kind) { script.emplace_back(kind); }, step);
    const auto* reconnect = as<Reconnect>(step);
    if (reconnect != nullptr && reconnect->handshake) shake_hands(each.handshake, script);
  }
  return script;
}

bool ends_with_response(const std::vector<Cue>& script) {
  const auto* last = script.empty() ? nullptr : std::get_if<Expectation>(&script.back());
  if (last == nullptr) return false;
  const auto* ending = std::get_if<ExpectEnding>(last);
  return std::holds_alternative<ExpectResponse>(*last) ||
         std::holds_alternative<ExpectRefusal>(*last) ||
         (ending != nullptr && any_of_kind(ending->endings, EndingKind::response));
}

ExpectEnding stays_open() {
  return {.endings = {Ending{}}, .occasion = EndingOccasion::all_is_done};
}

}  // namespace wsconform
