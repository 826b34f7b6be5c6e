#include "runner/conversation/script.h"

#include <algorithm>
#include <cassert>

#include "runner/casebook/case.h"
#include "runner/casebook/case_words.h"
#include "runner/conversation/proportion.h"

namespace wsconform {
namespace {

ExpectResponse opened() {
  ExpectResponse response;
  response.status.ranges = {{101, 101}};
  return response;
}

bool is_data(Opcode opcode) {
  return opcode == Opcode::text || opcode == Opcode::binary;
}

struct Traits {
  CueTraits operator()(const Reconnect&) const { return {.reconnects = true}; }
  CueTraits operator()(const TurnTo&) const { return {.reconnects = true}; }
  CueTraits operator()(const ExpectResponse&) const {
    return {.about_response = true, .over_response = true};
  }
  CueTraits operator()(const ExpectRefusal& step) const {
    return {.over_response = true, .silence_counts = step.silence_passes};
  }
  CueTraits operator()(const ExpectFrame& step) const {
    return {.is_message = is_data(step.opcode)};
  }
  CueTraits operator()(const ExpectEnding& step) const {
    const bool response = any_of_kind(step.endings, EndingKind::response);
    return {.is_ending = true,
            .about_response = response,
            .over_response = response,
            .asks = step.asks,
            .silence_counts = any_of_kind(step.endings, EndingKind::silence)};
  }
  CueTraits operator()(const NextTry&) const { return {.reconnects = true}; }
  CueTraits operator()(const StaysOpen&) const { return {.is_ending = true, .asks = true}; }
  CueTraits operator()(const TakeTime&) const { return {.times = true}; }
  CueTraits operator()(const AcceptRequest&) const { return {.over_response = true}; }
  template <typename Kind>
  CueTraits operator()(const Kind&) const {
    return {};
  }
};

struct Awaited {
  std::string operator()(const ExpectEnding& step) const { return words(step); }
  std::string operator()(const TakeTime&) const { return "any answer"; }
  std::string operator()(const StaysOpen&) const {
    return "the connection stays open: a Ping is answered";
  }
  std::string operator()(const AwaitRequest&) const {
    return "the request of an opening handshake";
  }
  template <typename Kind>
  std::string operator()(const Kind& step) const {
    if constexpr (ActKind<Kind>)
      return "";
    else
      return phrase_for(Expectation(step));
  }
};

// Whoever is the client asks, and the server answers.
void shake_hands(const SendRequest& handshake, Role under_test, std::vector<Cue>& script) {
  if (under_test == Role::client) {
    script.emplace_back(AwaitRequest{});
    script.emplace_back(AcceptRequest{});
    return;
  }
  script.emplace_back(Act(handshake));
  script.emplace_back(Expectation(opened()));
}

void add_trial(const SendRequest& request, Trial trial, std::vector<Cue>& script) {
  script.emplace_back(NextTry{});
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

CueTraits traits_of(const Cue& cue) {
  return visit_cue(Traits{}, cue);
}

std::string words_for_awaited(const Cue& cue) {
  return visit_cue(Awaited{}, cue);
}

std::string words_for_awaited_ending(const Cue& cue) {
  if (traits_of(cue).is_message) return "the target does not echo: a Ping is answered instead";
  return words_for_awaited(cue);
}

std::vector<Cue> whole_script(const Case& each, Role under_test) {
  std::vector<Cue> script;
  if (each.opens) shake_hands(each.handshake, under_test, script);
  for (const Step& step : each.steps) {
    if (const auto* proportion = as<ExpectProportion>(step)) {
      add_trials(*proportion, script);
      continue;
    }
    std::visit([&](const auto& kind) { script.emplace_back(kind); }, step);
    const auto* reconnect = as<Reconnect>(step);
    if (reconnect != nullptr && reconnect->handshake)
      shake_hands(each.handshake, under_test, script);
  }
  return script;
}

std::size_t judgement_behind(const std::vector<Cue>& script, std::size_t at) {
  const auto judges = [](const Cue& cue) {
    const auto* expectation = std::get_if<Expectation>(&cue);
    return expectation != nullptr && std::holds_alternative<ExpectProportion>(*expectation);
  };
  const auto found =
      std::find_if(script.begin() + static_cast<std::ptrdiff_t>(at), script.end(), judges);
  assert(found != script.end());
  return static_cast<std::size_t>(found - script.begin());
}

bool ends_with_response(const std::vector<Cue>& script) {
  return !script.empty() && traits_of(script.back()).over_response;
}

}  // namespace wsconform
