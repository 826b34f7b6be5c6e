#include "runner/conversation/reaction_words.h"

#include <fmt/format.h>

#include "core/phrase.h"
#include "runner/conversation/wire_log.h"

namespace wsconform {
namespace {

constexpr std::string_view unfinished = "A response that did not end";

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

bool is_begun(const Reaction& reaction) {
  return reaction.opening_begun && !reaction.response;
}

std::string words_for(const Reaction& reaction) {
  if (reaction.open) {
    return std::string("The connection stayed open") +
           (reaction.assumed ? "" : ": a Ping was answered") +
           (reaction.all_echoed ? "" : ", but a message was not echoed");
  }
  std::string words;
  if (reaction.close) words = words_for_close(reaction.close->payload);
  if (reaction.end) return words_for_end(reaction, words);
  if (!words.empty()) return words + ", and TCP was not ended";
  if (reaction.status && !reaction.upgraded)
    return fmt::format("A response with status {}", *reaction.status);
  if (reaction.interim && !reaction.status)
    return fmt::format("An interim response with status {}", *reaction.interim);
  if (is_begun(reaction)) return std::string(unfinished);
  return "Nothing: silence, with TCP open";
}

std::string words_for_instead(const Reaction& reaction) {
  const bool responded = reaction.response && !reaction.upgraded;
  return responded ? "The response " + start_line_of(reaction) : words_for(reaction);
}

// Of a target that did not do what is awaited.
std::string words_for_little(const Reaction& reaction) {
  if (is_begun(reaction)) return std::string(unfinished);
  if (reaction.unasked_pong)
    return "Only a Pong that no Ping asked for (" +
           quoted(*reaction.unasked_pong, MessageGlimpse::most_shown) + ")";
  return "Nothing";
}

std::string start_line_of(const Reaction& reaction) {
  return reaction.response ? quoted(bytes_of(reaction.response->head.start_line)) : "";
}

}  // namespace wsconform
