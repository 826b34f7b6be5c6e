#include "runner/script.h"

#include "runner/ending.h"

namespace wsconform {
namespace {

ExpectResponse opened() {
  ExpectResponse response;
  response.status.ranges = {{101, 101}};
  return response;
}

void shake_hands(const SendRequest& handshake, std::vector<Step>& script) {
  script.emplace_back(handshake);
  script.emplace_back(opened());
}

void add_trial(const SendRequest& request, Trial trial, std::vector<Step>& script) {
  script.emplace_back(Reconnect{.handshake = false, .ends_earlier = true});
  script.emplace_back(request);
  script.emplace_back(TakeTime{trial});
}

void add_trials(const ExpectProportion& step, std::vector<Step>& script) {
  for (int round = 0; round < Proportion::rounds; ++round) {
    for (const Trial trial : {Trial::harmless, Trial::quarter, Trial::whole})
      add_trial(step.trials.at(static_cast<std::size_t>(trial)), trial, script);
  }
  script.emplace_back(step);
}

}  // namespace

std::vector<Step> whole_script(const Case& each) {
  std::vector<Step> script;
  if (each.opens) shake_hands(each.handshake, script);
  for (const Step& step : each.steps) {
    if (const auto* proportion = std::get_if<ExpectProportion>(&step)) {
      add_trials(*proportion, script);
      continue;
    }
    script.push_back(step);
    const auto* reconnect = std::get_if<Reconnect>(&step);
    if (reconnect != nullptr && reconnect->handshake) shake_hands(each.handshake, script);
  }
  return script;
}

bool ends_with_response(const std::vector<Step>& script) {
  if (script.empty()) return false;
  if (std::holds_alternative<ExpectResponse>(script.back()) ||
      std::holds_alternative<ExpectRefusal>(script.back()))
    return true;
  const auto* ending = std::get_if<ExpectEnding>(&script.back());
  return ending != nullptr && any_of_kind(ending->endings, EndingKind::response);
}

ExpectEnding stays_open() {
  return {{Ending{}}, "the connection stays open: a Ping is answered"};
}

}  // namespace wsconform
