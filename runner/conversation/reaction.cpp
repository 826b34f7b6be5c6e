#include "runner/conversation/reaction.h"

#include <fmt/format.h>

#include "runner/conversation/wire_log.h"

namespace wsconform {
namespace {

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
