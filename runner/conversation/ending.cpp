#include "runner/conversation/ending.h"

#include <fmt/format.h>

#include <algorithm>

namespace wsconform {
namespace {

bool code_fits(const Ending& ending, const std::optional<SawClose>& close) {
  if (ending.code_absent) return !close || !close->code;
  if (ending.codes.empty()) return true;
  return close && close->code &&
         std::ranges::find(ending.codes, *close->code) != ending.codes.end();
}

bool fits(const Ending& ending, const Reaction& reaction) {
  switch (ending.kind) {
    case EndingKind::open:
      return reaction.open;
    case EndingKind::echo:
      return reaction.open && reaction.all_echoed;
    case EndingKind::failed_connection:
      return reaction.end && code_fits(ending, reaction.close);
    case EndingKind::closed:
      return reaction.end && reaction.close && code_fits(ending, reaction.close);
    case EndingKind::end:
      return reaction.end.has_value();
    case EndingKind::response:
      return (reaction.status && ending.status.has(*reaction.status)) ||
             (reaction.interim && ending.status.has(*reaction.interim));
    case EndingKind::silence:
      return reaction.silent;
  }
  return false;
}

std::string words_for_end(const Reaction& reaction, const std::string& close) {
  const bool fin = *reaction.end == StreamEnd::fin;
  if (!close.empty()) return close + (fin ? ", then the end of TCP" : ", then a reset of TCP");
  const std::string end = fin ? "The end of TCP" : "A reset of TCP";
  if (reaction.upgraded) return end + " without a Close";
  return reaction.status
             ? fmt::format("A response with status {}, then the end of TCP", *reaction.status)
             : end + " without a response";
}

}  // namespace

Reaction reaction_of(const Exchange& exchange) {
  Reaction reaction;
  reaction.open = exchange.barrier_answered() && !exchange.close() && !exchange.end();
  reaction.assumed = exchange.assumed_open();
  reaction.all_echoed = exchange.all_echoed();
  reaction.upgraded = exchange.upgraded();
  reaction.end = exchange.end();
  reaction.close = exchange.close();
  reaction.interim = exchange.interim();
  if (exchange.response()) reaction.status = exchange.response()->status;
  return reaction;
}

const Ending* fitting(const std::vector<Ending>& endings, const Reaction& reaction) {
  // Among responses, an end is the end without one: what a response of another status is followed by excuses nothing.
  const bool responded =
      reaction.status.value_or(0) != 0 && any_of_kind(endings, EndingKind::response);
  const auto found = std::ranges::find_if(endings, [&](const Ending& each) {
    return fits(each, reaction) && !(responded && each.kind == EndingKind::end);
  });
  return found == endings.end() ? nullptr : &*found;
}

std::string words_for(const Reaction& reaction) {
  if (reaction.open) {
    return std::string("The connection stayed open") +
           (reaction.assumed ? "" : ": a Ping was answered") +
           (reaction.all_echoed ? "" : ", a message was not echoed");
  }
  std::string words;
  if (reaction.close) words = words_for_close(reaction.close->payload);
  if (reaction.end) return words_for_end(reaction, words);
  if (!words.empty()) return words + ", and TCP was not ended";
  if (reaction.status && !reaction.upgraded)
    return fmt::format("A response with status {}", *reaction.status);
  if (reaction.interim && !reaction.status)
    return fmt::format("An interim response with status {}", *reaction.interim);
  return "Nothing: silence, with TCP open";
}

}  // namespace wsconform
